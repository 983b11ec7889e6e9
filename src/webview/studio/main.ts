import { StudioController } from './controller';
import { pageStyles } from './pageStyles';
import { Studio } from './studio';
import { acquireApi } from './vscodeApi';

// As a constructed sheet: the page's policy allows no inline style.
document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...pageStyles()];
const studio = new Studio();
studio.role = 'main';
document.body.append(studio);
void new StudioController(acquireApi(), studio).start();
