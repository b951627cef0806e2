import "htmx.org";
import "./js/errors.js";
import "./js/menus.js";
import "./js/forms.js";
import "./js/review.js";
import "./js/draft.js";
