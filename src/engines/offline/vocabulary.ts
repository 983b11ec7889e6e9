import type { ArtSpec, Material, MotifName } from '../../core/pixels';
import type { Finish } from './palette';
import type { ThemeName } from './themes';

/** What a word of a prompt says about the picture. */
export interface Meaning {
  readonly motif?: MotifName;
  /** How surely the word means its motif: 3 names it, 2 is its subject, 1 a hint. 2 where left out. */
  readonly weight?: number;
  readonly theme?: ThemeName;
  readonly light?: ArtSpec['light'];
  readonly weather?: ArtSpec['weather'];
  readonly tone?: ArtSpec['tone'];
  readonly finish?: Finish;
  readonly energy?: number;
  readonly glyph?: string;
  readonly material?: Material;
  /** The picture is to lie behind something else, so that no single thing belongs in its middle. */
  readonly behind?: true;
}

const entries: readonly (readonly [words: string, meaning: Meaning])[] = [
  // What is drawn, by its name.
  ['gradient|mesh|mesh gradient|blur|blurry|bokeh|aura|haze', { motif: 'gradient', weight: 3 }],
  ['wave|wavy|ribbon|flow|flowing|curve|swoosh', { motif: 'waves', weight: 3 }],
  ['low poly|low-poly|lowpoly|polygon|polygonal|triangle|facet|faceted|crystal|gem|diamond|origami', { motif: 'low-poly', weight: 3 }],
  ['dot|dotted|halftone|polka|particle|speckle|confetti', { motif: 'dots', weight: 3 }],
  ['grid|tile|tiled|mosaic|bauhaus|geometric|geometry|pattern|shape|quilt|memphis', { motif: 'tiles', weight: 3 }],
  ['isometric|cube|block|voxel|3d', { motif: 'isometric', weight: 3 }],
  ['blockchain|server|data center|database|infrastructure|architecture', { motif: 'isometric', weight: 2, theme: 'business' }],
  ['blob|bubble|liquid|fluid|organic|metaball|lava|lava lamp|amoeba|droplet', { motif: 'blobs', weight: 3 }],
  ['paper cut|papercut|paper-cut|cutout|cut-out|layered|layer', { motif: 'paper', weight: 3 }],
  ['topographic|topography|topo|contour|map|terrain|elevation|cartography|isoline', { motif: 'topographic', weight: 3 }],
  ['icon|logo|app icon|favicon|badge|emblem|symbol|glyph', { motif: 'icon', weight: 3 }],
  ['text card|title card|quote|quote card|headline|typography|lettering|slogan|caption', { motif: 'card', weight: 3 }],
  ['synthwave|retrowave|vaporwave|outrun|80s|1980s|arcade|retro', { motif: 'retro', weight: 3, theme: 'neon', tone: 'dark' }],
  ['neon grid|laser grid', { motif: 'retro', weight: 4, theme: 'neon', tone: 'dark' }],

  // Places and things.
  ['mountain|mountainous|peak|summit|alps|alpine|hill|hilly|ridge|valley|cliff|canyon|volcano|landscape|nature|scenery|horizon|himalaya', { motif: 'mountains' }],
  ['meadow|field|countryside|farm|pasture|prairie', { motif: 'mountains', weight: 1, theme: 'spring' }],
  ['snow|snowy|ice|icy|glacier|frost|frozen|arctic', { motif: 'mountains', weight: 1, theme: 'winter' }],
  ['sea|ocean|beach|coast|coastal|shore|lake|water|bay|island|harbor|harbour|sailing|boat|ship|surf|marine|river|lagoon', { motif: 'sea', theme: 'sea' }],
  ['underwater|reef|deep sea', { motif: 'waves', theme: 'sea' }],
  ['forest|woods|woodland|tree|jungle|pine tree|taiga|park|rainforest|fir|spruce', { motif: 'forest', theme: 'forest' }],
  ['desert|dune|sahara|arid|camel|oasis|safari', { motif: 'desert', theme: 'desert' }],
  ['city|cityscape|skyline|downtown|urban|metropolis|skyscraper|building|street|town|tokyo|manhattan|new york|london', { motif: 'city' }],
  ['cyberpunk', { motif: 'city', weight: 2, theme: 'neon', light: 'night', tone: 'dark' }],
  ['space|galaxy|nebula|cosmos|cosmic|universe|starfield|star field|milky way|interstellar|astronomy|planet|orbit|rocket|astronaut|supernova', { motif: 'stars', theme: 'space', tone: 'dark' }],
  // Over a place that is named, too, they are its sky.
  ['night sky|starry sky|starry night|starry night sky|stars', { motif: 'stars', weight: 1, theme: 'night', light: 'night', tone: 'dark' }],
  ['starry|star', { motif: 'stars', weight: 1, tone: 'dark', glyph: 'star' }],
  ['aurora|aurora borealis|northern lights|polar lights', { motif: 'aurora', weight: 2, theme: 'aurora', tone: 'dark' }],

  // Light and season.
  ['dawn|sunrise|daybreak|morning', { theme: 'dawn', light: 'dawn' }],
  ['dusk|sunset|evening|twilight|golden hour|sundown', { theme: 'dusk', light: 'dusk' }],
  ['night|midnight|nocturnal|nighttime|moonlight|moonlit', { theme: 'night', light: 'night', tone: 'dark' }],
  ['day|daytime|noon|midday|daylight|sunny|afternoon|clear sky', { theme: 'day', light: 'day', tone: 'light' }],
  ['autumn|fall|harvest|october|november|thanksgiving', { theme: 'autumn' }],
  ['spring|blossom|bloom|garden|floral|flower|easter', { theme: 'spring', tone: 'light' }],
  ['summer|tropical|holiday|vacation|travel', { theme: 'summer' }],
  ['winter|cold|december|christmas', { theme: 'winter' }],
  ['storm|stormy|thunder|thunderstorm|tempest|hurricane|gale|rough sea|rough water', { theme: 'gloom', weather: 'storm' }],
  ['rough sea|rough water', { motif: 'sea' }],
  ['rain|rainy|cloudy|overcast', { theme: 'gloom' }],

  // Material.
  ['paper', { motif: 'paper', weight: 2, theme: 'paper', tone: 'light' }],
  ['paper texture|paper background|paper grain|paper surface|sheet of paper', { motif: 'material', weight: 3, material: 'paper', theme: 'paper', tone: 'light' }],
  ['texture|textured|surface', { motif: 'material', weight: 1 }],
  ['parchment', { motif: 'material', weight: 1, material: 'paper', theme: 'paper', tone: 'light' }],
  ['cardboard|kraft|kraft paper', { motif: 'material', weight: 3, material: 'paper', theme: 'kraft', tone: 'light' }],
  ['canvas|linen|fabric|cloth|textile|burlap|cotton', { motif: 'material', weight: 1, material: 'linen', theme: 'paper', tone: 'light' }],
  ['walnut|mahogany|ebony', { motif: 'material', weight: 1, material: 'wood', theme: 'wood', tone: 'dark' }],
  ['wood|wooden|timber|oak|bamboo|plank', { motif: 'material', weight: 1, material: 'wood', theme: 'wood' }],
  ['marble', { motif: 'material', weight: 1, material: 'marble', theme: 'stone' }],
  ['stone|rock|concrete|granite|clay|slate|cement|plaster', { motif: 'material', weight: 1, material: 'stone', theme: 'stone' }],
  ['metal|metallic|steel|chrome|iron|titanium|aluminium|aluminum', { motif: 'material', weight: 1, material: 'metal', theme: 'metal' }],
  ['silk|satin|velvet', { motif: 'gradient', weight: 2 }],
  ['glass|glassy|crystalline', { motif: 'blobs', weight: 1, theme: 'cool' }],

  // Mood and purpose.
  ['calm|quiet|peaceful|serene|tranquil|zen|relaxing|meditation|wellness|spa|gentle|soft', { theme: 'calm', energy: 0.15 }],
  ['minimal|minimalist|minimalistic|clean|simple|plain|subtle', { energy: 0.1 }],
  ['busy|energetic|dynamic|intense|wild|chaotic|explosive|detailed|complex|rich', { energy: 0.95, finish: 'vivid' }],
  ['happy|joy|joyful|fun|playful|cheerful|party|celebration|kids|colorful|colourful|rainbow|festival|birthday', { theme: 'joy', energy: 0.7, tone: 'light' }],
  ['sad|gloomy|melancholy|moody|mysterious|eerie|horror|gothic', { theme: 'gloom', tone: 'dark' }],
  ['magic|magical|dream|dreamy|fantasy|fairy|enchanted|mystic|mystical|surreal', { theme: 'magic' }],
  ['warm|cozy|cosy|autumnal|homely', { theme: 'warm' }],
  ['cool|fresh|crisp|breeze', { theme: 'cool' }],
  ['fire|flame|fiery|hot|heat|ember|burning|inferno', { theme: 'fire', tone: 'dark' }],
  ['romantic|love|wedding|valentine', { theme: 'candy', glyph: 'heart' }],
  ['candy|sweet|bubblegum|unicorn|ice cream', { theme: 'candy', tone: 'light' }],
  ['business|corporate|professional|finance|fintech|banking|payment|invoice|insurance|bank|enterprise|saas|startup|software|cloud computing|dashboard|office', { theme: 'business' }],
  ['tech|technology|futuristic|future|digital|ai|data|cyber|code|network|machine learning|robot', { theme: 'cool', tone: 'dark' }],
  ['luxury|elegant|premium|royal|jewel|fashion|perfume', { theme: 'luxury', tone: 'dark' }],
  ['abstract', { motif: 'gradient', weight: 1 }],
  ['monochrome|black and white|black-and-white|grayscale|greyscale|noir|b&w', { theme: 'mono' }],

  ['background|backdrop|wallpaper|banner|header|hero|cover|landing page|poster|page|screen|site', { behind: true }],

  // Finish.
  ['dark|darkness|dark mode|deep|shadow|shadowy', { tone: 'dark' }],
  ['light|bright|light mode|airy|luminous', { tone: 'light' }],
  ['pastel', { finish: 'pastel', tone: 'light' }],
  ['neon|glowing|fluorescent|electric', { finish: 'neon', theme: 'neon', tone: 'dark' }],
  ['muted|faded|desaturated|vintage|earthy|washed', { finish: 'muted' }],
  ['vivid|vibrant|saturated|bold', { finish: 'vivid' }],

  // Glyphs of icons.
  ['heart|health|dating|medical|charity', { glyph: 'heart' }],
  ['lightning|bolt|energy|power|fast|speed', { glyph: 'bolt' }],
  ['leaf|plant|eco|organic food|vegan|sustainable|green energy', { glyph: 'leaf' }],
  ['drop|hydration|droplet|water tracker', { glyph: 'drop' }],
  ['moon|sleep|bedtime', { glyph: 'moon' }],
  ['sun|weather', { glyph: 'sun' }],
  ['cloud|backup|storage', { glyph: 'cloud' }],
  ['chat|message|messenger|talk|conversation|support|feedback', { glyph: 'chat' }],
  ['camera|photo|photography|picture', { glyph: 'camera' }],
  ['music|song|audio player|melody', { glyph: 'music' }],
  ['audio|podcast|sound|voice|analytics|chart|stats|equalizer', { glyph: 'bars' }],
  ['play|video|movie|film|media|player', { glyph: 'play' }],
  ['developer|coding|programming|terminal|editor|code', { glyph: 'code' }],
  ['shield|security|secure|privacy|vpn', { glyph: 'shield' }],
  ['lock|password|login|sign-in|encryption', { glyph: 'lock' }],
  ['book|bookshop|bookstore|reading|library|notes|note|notebook|journal|diary|education|learning|school', { glyph: 'book' }],
  ['check|todo|to-do|task|done|habit|success', { glyph: 'check' }],
  ['petal|yoga|meditation|flower|tulip|bouquet', { glyph: 'petals' }],
  ['avatar', { motif: 'icon', weight: 3, glyph: 'person' }],
  ['user|person|people|profile|testimonial|account|contact|team|community', { glyph: 'person' }],
  ['home|house|real estate|smart home|hotel', { glyph: 'home' }],
  ['shop|shopping|store|cart|checkout|e-commerce|ecommerce|market|marketplace', { glyph: 'bag' }],
  ['settings|setting|gear|tool|configuration|preferences|machine', { glyph: 'gear' }],
  ['mail|email|e-mail|newsletter|inbox|letter|mailbox|envelope', { glyph: 'mail' }],
  ['notification|bell|alarm|reminder|alert', { glyph: 'bell' }],
  ['search|find|magnifier', { glyph: 'search' }],
  ['calendar|schedule|event|booking|appointment|date', { glyph: 'calendar' }],
  ['location|map pin|place|navigation|gps|directions', { glyph: 'pin' }],
  ['folder|file|archive|document', { glyph: 'folder' }],
  ['server|database', { glyph: 'database' }],
  ['globe|world|web|website|internet|browser|language|translation', { glyph: 'globe' }],
  ['rocket|launch', { glyph: 'rocket' }],
  ['coffee|tea|cafe|café|drink|coffee shop', { glyph: 'cup' }],
  ['bakery|cake|cupcake|dessert|muffin|pastry|birthday', { glyph: 'cake' }],
  ['restaurant|food|ramen|pizza|noodle|soup|salad|burger|recipe|cooking|kitchen|meal|dinner|lunch', { glyph: 'plate' }],
  ['cat|dog|pet|pet shop|pet store|puppy|kitten|animal|vet|veterinary', { glyph: 'paw' }],
  ['game|gaming|gamepad|console', { glyph: 'gamepad' }],
  ['robot|bot|chatbot|assistant|agent|automation|ai', { glyph: 'robot' }],
  ['stack|layers', { glyph: 'layers' }],
  ['outdoor|hiking|climbing', { glyph: 'mountain', motif: 'mountains', weight: 1 }],
];

/** Every word and phrase with all it means; later lines add to earlier ones and never take away. */
export const VOCABULARY: ReadonlyMap<string, Meaning> = new Map(
  entries
    .flatMap(([words, meaning]) => words.split('|').map((word) => [word, meaning] as const))
    .reduce((all, [word, meaning]) => all.set(word, { ...meaning, ...all.get(word) }), new Map<string, Meaning>()),
);
