/** The languages whose documents are looked through for pictures, by VS Code's language ids. */
export const LINK_LANGUAGES: readonly string[] = ['markdown', 'mdx', 'html', 'vue', 'svelte', 'astro', 'css', 'scss', 'less', 'javascript', 'javascriptreact', 'typescript', 'typescriptreact'];
