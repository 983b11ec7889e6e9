/** German words of prompts, and what the vocabulary calls them in English. */
const entries: readonly (readonly [german: string, english: string])[] = [
  // What is drawn.
  ['farbverlauf|verlauf|unschärfe|unscharf', 'gradient'],
  ['welle|wellig', 'wave'],
  ['dreieck|polygone|facette|kristall|edelstein|diamant', 'triangle'],
  ['punkt|pünktchen|gepunktet|konfetti', 'dots'],
  ['muster|geometrisch|raster|kachel|mosaik|formen', 'pattern'],
  ['würfel|isometrisch|klötze', 'cube'],
  ['blase|tropfenform|flüssig|organisch', 'blob'],
  ['scherenschnitt|papierschnitt|schichten', 'paper cut'],
  ['landkarte|höhenlinie|höhenkarte|topografisch|topographisch|topokarte', 'topographic'],
  ['symbolbild|app-symbol|app-icon|piktogramm', 'icon'],
  ['zitat|schriftzug|überschrift|textkarte', 'quote'],
  ['illustration|zeichnung|abbildung', 'illustration'],

  // Places and things.
  ['berg|gebirge|gipfel|hügel|täler|landschaft|natur|vulkan|klippe', 'mountain'],
  ['alpen', 'alps'],
  ['wiese|feld|weide|bauernhof', 'meadow'],
  ['schnee|verschneit|eis|eisig|gletscher|frost', 'snow'],
  ['meer|ozean|sandstrand|küste|ufer|bergsee|wasser|insel|hafen|fluss|segelboot|schiff', 'sea'],
  ['am strand', 'beach'],
  ['wald|wälder|baum|bäume|dschungel|nadelwald|tanne|fichte', 'forest'],
  ['wüste|düne', 'desert'],
  ['stadt|städte|skyline|hochhaus|hochhäuser|gebäude|straße|innenstadt', 'city'],
  ['weltraum|weltall|galaxie|universum|kosmos|planet|raumfahrt|milchstraße', 'space'],
  ['sternenhimmel|nachthimmel', 'night sky'],
  ['himmel', 'sky'],
  ['stern', 'star'],
  ['polarlicht|nordlicht', 'aurora'],
  ['server|rechenzentrum|infrastruktur|datenbank', 'server'],

  // Light and season.
  ['sonnenaufgang|morgengrauen|morgendämmerung|morgen|morgens', 'dawn'],
  ['sonnenuntergang|abenddämmerung|dämmerung|abend|abends|abendrot', 'sunset'],
  ['nacht|nächte|nachts|nächtlich|mitternacht|mondlicht', 'night'],
  ['tagsüber|mittag|sonnig|nachmittag', 'sunny'],
  ['herbst|herbstlich', 'autumn'],
  ['frühling|frühlingshaft|blüte|blume|garten', 'flower'],
  ['sommer|sommerlich|urlaub|reise|tropisch', 'summer'],
  ['winterlich|kalt|weihnachten|weihnachtlich', 'winter'],
  ['sturm|stürme|stürmisch|gewitter|unwetter|orkan', 'storm'],
  ['sturmflut|seesturm', 'stormy sea'],
  ['regen|regnerisch|bewölkt', 'rain'],

  // Material.
  ['papier', 'paper'],
  ['papiertextur|papierstruktur|papierhintergrund', 'paper texture'],
  ['textur|oberfläche|struktur', 'texture'],
  ['karton|pappe|packpapier|kraftpapier', 'cardboard'],
  ['leinen|leinwand|stoff|gewebe', 'linen'],
  ['holz|hölzern|eiche|bretter', 'wood'],
  ['nussbaum|walnuss', 'walnut'],
  ['marmor', 'marble'],
  ['stein|beton|granit|schiefer|fels|lehm', 'stone'],
  ['metall|metallisch|stahl|eisen', 'metal'],
  ['seide|samt', 'silk'],
  ['glas|gläsern', 'glass'],

  // Mood, purpose and finish.
  ['ruhig|friedlich|entspannt|sanft', 'calm'],
  ['schlicht|einfach|reduziert|dezent|minimalistisch', 'minimal'],
  ['wild|dynamisch|lebhaft|detailliert', 'dynamic'],
  ['fröhlich|bunt|verspielt|feier|geburtstag|spaß|farbenfroh', 'joyful'],
  ['traurig|düster|geheimnisvoll|unheimlich|gruselig', 'gloomy'],
  ['magie|magisch|traum|verträumt|märchenhaft|zauberhaft|zauber', 'magic'],
  ['gemütlich|wohnlich', 'cozy'],
  ['kühl|frisch', 'fresh'],
  ['feuer|flamme|feurig|heiß|glut', 'fire'],
  ['romantisch|liebe|hochzeit', 'love'],
  ['geschäftlich|unternehmen|firma|büro|seriös|versicherung', 'business'],
  ['technik|technologie|futuristisch|zukunft|daten|netzwerk|ki', 'technology'],
  ['luxus|luxuriös|edel|elegant|schmuck', 'luxury'],
  ['abstrakt', 'abstract'],
  ['schwarzweiß|einfarbig', 'monochrome'],
  ['dunkel|dunkl|finster', 'dark'],
  ['hell|licht', 'bright'],
  ['pastell|pastellfarben|pastellig|pastelltöne', 'pastel'],
  ['leuchtend|neonfarben', 'neon'],
  ['gedämpft|verblasst|entsättigt|erdig', 'muted'],
  ['kräftig|satt|knallig|intensiv', 'vivid'],
  ['hintergrund|hintergrundbild|titelbild|kopfzeile', 'background'],

  // Glyphs of icons.
  ['herz|gesundheit', 'heart'],
  ['blitz|energie|strom|schnell', 'energy'],
  ['blatt|pflanze|nachhaltig|nachhaltigkeit', 'leaf'],
  ['mond|schlaf', 'moon'],
  ['sonne|wetter', 'weather'],
  ['wolke|sicherung', 'cloud'],
  ['nachricht|gespräch|chat', 'chat'],
  ['kamera|foto|fotografie', 'camera'],
  ['musik', 'music'],
  ['diagramm|statistik|auswertung', 'chart'],
  ['entwickler|programmierung|programmieren', 'developer'],
  ['sicherheit|datenschutz|schutz', 'security'],
  ['schloss|passwort|anmeldung|anmelden', 'login'],
  ['buch|bücher|notiz|notizbuch|tagebuch|lernen|schule|bibliothek|bildung', 'book'],
  ['aufgabe|erledigt|erfolg', 'task'],
  ['benutzer|person|profil|konto|menschen|gemeinschaft', 'person'],
  ['haus|häuser|zuhause|wohnung|immobilie', 'house'],
  ['einkauf|einkaufen|laden|warenkorb|markt|onlineshop', 'shop'],
  ['einstellung|zahnrad|werkzeug|maschine', 'settings'],
  ['briefkasten|briefumschlag|posteingang', 'mail'],
  ['benachrichtigung|glocke|wecker|erinnerung', 'notification'],
  ['suche|lupe', 'search'],
  ['kalender|termin|veranstaltung', 'calendar'],
  ['standort|ort|wegbeschreibung', 'location'],
  ['ordner|datei|archiv|dokument', 'folder'],
  ['welt|weltkugel|sprache|übersetzung', 'globe'],
  ['rakete', 'rocket'],
  ['kaffee|getränk', 'coffee'],
  ['bäckerei|kuchen|torte|gebäck', 'cake'],
  ['restaurant|essen|rezept|küche|kochen|gericht', 'food'],
  ['katze|hund|haustier|tiere|tierarzt', 'cat'],
  ['spiel|spielkonsole', 'game'],
  ['roboter', 'robot'],
];

const COLOURS: readonly (readonly [german: string, english: string])[] = [
  ['rot', 'red'], ['blau', 'blue'], ['grün', 'green'], ['gelb', 'yellow'], ['violett', 'violet'], ['lila', 'purple'], ['rosa', 'pink'], ['türkis', 'turquoise'], ['braun', 'brown'], ['schwarz', 'black'],
  ['weiß', 'white'], ['weiss', 'white'], ['grau', 'grey'], ['silbern', 'silver'], ['silber', 'silver'], ['smaragd', 'emerald'], ['bordeaux', 'burgundy'], ['lachs', 'salmon'], ['pfirsich', 'peach'], ['koralle', 'coral'],
  ['bernstein', 'amber'], ['marine', 'navy'], ['minze', 'mint'], ['flieder', 'lilac'], ['lavendel', 'lavender'], ['creme', 'cream'], ['elfenbein', 'ivory'], ['kupfer', 'copper'], ['orange', 'orange'], ['gold', 'gold'], ['golden', 'golden'], ['beige', 'beige'],
  ['pink', 'pink'], ['himmelblau', 'azure'], ['marineblau', 'navy'], ['nachtblau', 'navy'], ['goldgelb', 'gold'], ['oliv', 'olive'], ['olivgrün', 'olive'], ['senfgelb', 'mustard'], ['königsblau', 'cobalt'], ['anthrazit', 'charcoal'],
];

const ENGLISH: ReadonlyMap<string, readonly string[]> = new Map(
  [...entries.flatMap(([words, english]) => words.split('|').map((word) => [word, english] as const)), ...COLOURS].map(([word, english]) => [word, english.split(' ')]),
);
const COLOUR_NAMES: ReadonlySet<string> = new Set(COLOURS.map(([word]) => word));

/** Endings of German cases, numbers and degrees, the empty one first. */
const ENDINGS = ['', 'e', 'n', 's', 'en', 'er', 'es', 'em', 'ern'] as const;

/** What a German word of a prompt is called in the vocabulary, in one English word or several ("dunkelblaues": "dark blue"); undefined for one that is not known. Wants small letters. */
export function inEnglish(word: string): readonly string[] | undefined {
  for (const ending of ENDINGS) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, word.length - ending.length);
    const known = ENGLISH.get(stem);
    if (known) return known;
    const shade = stem.startsWith('hell') ? 'light' : stem.startsWith('dunkel') ? 'dark' : undefined;
    const rest = stem.slice(shade === 'light' ? 4 : 6);
    if (shade && COLOUR_NAMES.has(rest)) return [shade, ...(ENGLISH.get(rest) ?? [])];
  }
  return undefined;
}
