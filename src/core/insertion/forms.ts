import { wordsOfFile } from '../links/drawing';
import { encodePath, escapeAttribute, escapeQuoted, escapeString, escapeTex, oneLine } from './escape';
import type { FormLanguage } from './languages';
import type { Import, LinkMarkup, PictureLink } from './pictureLink';

/** A way to write a link. */
export interface Form {
  /** As the setting `easel.insert.form` names it. */
  readonly id: string;
  /** What it looks like, for a list. */
  readonly sample: string;
  /** Whether a picture can be written so; always where left out. */
  readonly fits?: (link: PictureLink) => boolean;
  readonly write: (link: PictureLink) => LinkMarkup;
}

const FORMS = {
  markdown: {
    sample: '![alt](image.png)',
    write: ({ path, alt }) => ({ before: '![', alt: oneLine(alt).replace(/[\\[\]]/g, '\\$&'), after: `](${encodePath(path)})` }),
  },
  /** MDX reads braces as code and angle brackets as tags, also in an alt text. */
  mdx: {
    sample: '![alt](image.png)',
    write: ({ path, alt }) => ({ before: '![', alt: oneLine(alt).replace(/[\\[\]{}<>]/g, '\\$&'), after: `](${encodePath(path)})` }),
  },
  html: {
    sample: '<img src alt width height loading>',
    write: (link) => tag(`<img src="${address(link.path)}"`, link, ` width="${link.extent.width}" height="${link.extent.height}" loading="lazy">`),
  },
  picture: {
    sample: '<picture> <source> <img> </picture>',
    fits: ({ alternatives = [] }) => alternatives.length > 0,
    write: (link) => {
      const sources = (link.alternatives ?? []).map(({ path, type }) => `  <source srcset="${encodePath(path).replace(/,/g, '%2C')}" type="${type}">\n`).join('');
      return tag(`<picture>\n${sources}  <img src="${address(link.path)}"`, link, ` width="${link.extent.width}" height="${link.extent.height}" loading="lazy">\n</picture>`);
    },
  },
  /** In components: what lies in a served folder is addressed from the site's root. */
  component: {
    sample: '<img src alt width height loading>',
    write: (link) => tag(`<img src="${address(link.served ?? link.path)}"`, link, ` width="${link.extent.width}" height="${link.extent.height}" loading="lazy" />`),
  },
  css: { sample: 'url("image.png")', write: ({ path }) => ({ before: `url("${encodePath(path)}")`, alt: '', after: '' }) },
  jsx: {
    sample: '<img src alt width={} height={} loading />',
    write: (link) => tag(`<img src="${address(link.served ?? link.path)}"`, link, ` width={${link.extent.width}} height={${link.extent.height}} loading="lazy" />`),
  },
  'jsx-import': {
    sample: "import image from './image.png' … <img src={image} />",
    write: (link) => imported(link, [], (name) => tag(`<img src={${name}}`, link, ` width={${link.extent.width}} height={${link.extent.height}} loading="lazy" />`)),
  },
  next: {
    sample: '<Image src="/image.png" alt width={} height={} />',
    fits: ({ served }) => served !== undefined,
    write: (link) => ({ ...tag(`<Image src="${address(link.served ?? link.path)}"`, link, ` width={${link.extent.width}} height={${link.extent.height}} />`), imports: [NEXT_IMAGE] }),
  },
  'next-import': {
    sample: "import image from './image.png' … <Image src={image} alt />",
    write: (link) => imported(link, [NEXT_IMAGE], (name) => tag(`<Image src={${name}}`, link, ' />')),
  },
  'vue-import': {
    sample: "import image from './image.png' … <img :src=\"image\">",
    write: (link) => imported(link, [], (name) => tag(`<img :src="${name}"`, link, ` width="${link.extent.width}" height="${link.extent.height}" loading="lazy">`)),
  },
  'svelte-import': {
    sample: "import image from './image.png' … <img src={image} />",
    write: (link) => imported(link, [], (name) => tag(`<img src={${name}}`, link, ` width="${link.extent.width}" height="${link.extent.height}" loading="lazy" />`)),
  },
  astro: {
    sample: "import image from './image.png' … <Image src={image} alt />",
    write: (link) => imported(link, [{ name: 'Image', from: 'astro:assets', braces: true }], (name) => tag(`<Image src={${name}}`, link, ' />')),
  },
  import: { sample: "import image from './image.png' … image", write: (link) => imported(link, [], (name) => ({ before: name, alt: '', after: '' })) },
  url: { sample: "new URL('./image.png', import.meta.url)", write: (link) => ({ before: `new URL('${escapeQuoted(encodePath(dotted(link.path)))}', import.meta.url)`, alt: '', after: '' }) },
  restructuredtext: {
    sample: '.. image:: image.png',
    write: ({ path, alt, extent }) => ({ before: `.. image:: ${encodePath(path)}\n   :alt: `, alt: oneLine(alt), after: `\n   :width: ${extent.width}\n   :height: ${extent.height}` }),
  },
  'restructuredtext-figure': {
    sample: '.. figure:: image.png',
    write: ({ path, alt, extent }) => ({ before: `.. figure:: ${encodePath(path)}\n   :alt: `, alt: oneLine(alt), after: `\n   :width: ${extent.width}\n   :height: ${extent.height}\n\n   ${oneLine(alt)}` }),
  },
  asciidoc: {
    sample: 'image::image.png["alt",width,height]',
    write: ({ path, alt, extent }) => ({ before: `image::${encodePath(path)}["`, alt: oneLine(alt).replace(/["\]]/g, '\\$&'), after: `",${extent.width},${extent.height}]` }),
  },
  'asciidoc-inline': {
    sample: 'image:image.png["alt"]',
    write: ({ path, alt }) => ({ before: `image:${encodePath(path)}["`, alt: oneLine(alt).replace(/["\]]/g, '\\$&'), after: '"]' }),
  },
  /** Typst reads files by their names, not by URIs. */
  typst: { sample: '#image("image.png", alt: "alt")', write: ({ path, alt }) => ({ before: `#image("${escapeString(path)}", alt: "`, alt: escapeString(oneLine(alt)), after: '")' }) },
  'typst-figure': {
    sample: '#figure(image("image.png"), caption: […])',
    write: ({ path, alt }) => ({ before: `#figure(image("${escapeString(path)}", alt: "`, alt: escapeString(oneLine(alt)), after: `"), caption: "${escapeString(oneLine(alt))}")` }),
  },
  /** LaTeX too. */
  latex: {
    sample: '\\includegraphics[alt={}]{image.png}',
    write: ({ path, alt }) => ({ before: '\\includegraphics[width=\\linewidth, alt={', alt: escapeTex(oneLine(alt)), after: `}]{${texPath(path)}}` }),
  },
  'latex-figure': {
    sample: '\\begin{figure} … \\caption{} \\end{figure}',
    write: ({ path, alt }) => ({
      before: `\\begin{figure}\n  \\centering\n  \\includegraphics[width=\\linewidth]{${texPath(path)}}\n  \\caption{`,
      alt: escapeTex(oneLine(alt)),
      after: '}\n\\end{figure}',
    }),
  },
  /** Flutter names its assets from the package's folder. */
  flutter: {
    sample: "Image.asset('images/image.png', semanticLabel: 'alt')",
    write: ({ path, alt, extent }) => ({
      before: `Image.asset('${escapeQuoted(path.replace(/^(?:\.\.\/)+/, ''))}', semanticLabel: '`,
      alt: escapeQuoted(oneLine(alt)),
      after: `', width: ${extent.width}, height: ${extent.height})`,
    }),
  },
  path: { sample: 'image.png', write: ({ path }) => ({ before: path, alt: '', after: '' }) },
} as const satisfies Readonly<Record<string, Omit<Form, 'id'>>>;

type FormId = keyof typeof FORMS;

/** Each language's forms, by VS Code's language id; the first is the usual one. */
const LANGUAGE_FORMS: Readonly<Record<FormLanguage, readonly FormId[]>> = {
  markdown: ['markdown', 'html', 'picture'],
  mdx: ['mdx', 'jsx', 'jsx-import'],
  quarto: ['markdown'],
  html: ['html', 'picture'],
  vue: ['component', 'vue-import', 'picture'],
  svelte: ['component', 'svelte-import', 'picture'],
  astro: ['component', 'astro', 'picture'],
  php: ['html', 'picture'],
  handlebars: ['html', 'picture'],
  razor: ['html', 'picture'],
  css: ['css'],
  scss: ['css'],
  less: ['css'],
  sass: ['css'],
  stylus: ['css'],
  javascript: ['import', 'jsx', 'jsx-import', 'next', 'next-import', 'url'],
  typescript: ['import', 'url'],
  javascriptreact: ['jsx', 'next', 'jsx-import', 'next-import'],
  typescriptreact: ['jsx', 'next', 'jsx-import', 'next-import'],
  restructuredtext: ['restructuredtext', 'restructuredtext-figure'],
  asciidoc: ['asciidoc', 'asciidoc-inline'],
  typst: ['typst', 'typst-figure'],
  latex: ['latex', 'latex-figure'],
  tex: ['latex', 'latex-figure'],
  dart: ['flutter'],
};

const NEXT_IMAGE: Import = { name: 'Image', from: 'next/image' };

/** The names of all forms, for the setting. */
export const FORM_IDS: readonly string[] = Object.keys(FORMS);

/** The forms in which a document of a language can link to a picture, the usual one first: that of the setting, or the language's own. Never empty: the bare path ends it. */
export function formsFor(languageId: string, link: PictureLink, preferred?: string): readonly [Form, ...Form[]] {
  const own = Object.hasOwn(LANGUAGE_FORMS, languageId) ? LANGUAGE_FORMS[languageId as FormLanguage] : [];
  const named = (Object.keys(FORMS) as FormId[]).filter((id) => id === preferred);
  const forms = [...new Set<FormId>([...named, ...own, 'path'])].map((id): Form => ({ id, ...FORMS[id] })).filter(({ id, fits }) => (fits?.(link) ?? true) && !(languageId === 'vue' && breaksVue(id, link)));
  const [first, ...others] = forms;
  return first ? [first, ...others] : [{ id: 'path', ...FORMS.path }];
}

/** Vue's compiler makes an import of a relative address and puts its path between apostrophes as it is, also where one is in it. */
function breaksVue(id: string, { path, served, alternatives = [] }: PictureLink): boolean {
  if (id === 'component') return served === undefined && path.includes("'");
  return id === 'picture' && [path, ...alternatives.map((alternative) => alternative.path)].some((named) => named.includes("'"));
}

function tag(before: string, { alt }: PictureLink, after: string): LinkMarkup {
  return { before: `${before} alt="`, alt: escapeAttribute(oneLine(alt)), after: `"${after}` };
}

function address(path: string): string {
  return escapeAttribute(encodePath(path));
}

/** A link by a name that the document imports; the module's path is no URI. */
function imported(link: PictureLink, more: readonly Import[], write: (name: string) => LinkMarkup): LinkMarkup {
  const name = variableName(link.path);
  return { ...write(name), imports: [...more, { name, from: dotted(link.path) }] };
}

function dotted(path: string): string {
  return /^(?:\.|\/|[a-z][a-z0-9+.-]+:)/i.test(path) ? path : `./${path}`;
}

/** `my-hero 2.png` is `myHero2`. */
function variableName(path: string): string {
  const words = wordsOfFile(path).map((word) => word.replace(/[^\p{L}\p{N}]/gu, '')).filter((word) => word !== '');
  const name = words.map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  return /^\p{L}/u.test(name) && !RESERVED.has(name) ? name : `image${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

const RESERVED = new Set(['class', 'default', 'delete', 'export', 'for', 'function', 'if', 'import', 'in', 'new', 'return', 'switch', 'this', 'throw', 'true', 'false', 'null', 'try', 'var', 'void', 'while', 'with', 'yield', 'enum', 'case', 'const', 'let', 'static', 'super', 'typeof', 'else', 'do', 'break', 'continue', 'catch', 'finally', 'extends', 'debugger', 'await', 'package']);

function texPath(path: string): string {
  return path.replace(/[%#]/g, '\\$&');
}
