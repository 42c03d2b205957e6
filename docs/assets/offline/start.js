/** Goes on from the start page of the offline folder; "back" then leaves the handbook instead of coming here again. */
"use strict";

(() => {
  const home = document.getElementById("home");
  if (home instanceof HTMLAnchorElement) location.replace(home.href);
})();
