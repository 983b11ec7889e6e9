/** Folders in which nothing is a person's own work: packages, and what tools make. To be left out by `workspace.findFiles`. */
export const NOT_THE_PERSONS = '**/{node_modules,bower_components,vendor,dist,build,out,.git,.next,.nuxt,.svelte-kit,.astro,_site,coverage}/**';
