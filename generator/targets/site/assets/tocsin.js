/* Small helps that need the present time or the address that was asked for. Without it every page still says all. */
(function () {
  "use strict";

  function instants(element) {
    return Array.from(element.querySelectorAll("time")).map(function (time) {
      return Date.parse(time.dateTime);
    });
  }

  /* The page was made some time ago: mark the shift of right now, and what is over. */
  function markShifts() {
    var now = Date.now();
    document.querySelectorAll(".md-typeset tr").forEach(function (row) {
      var span = instants(row);
      if (span.length !== 2) return;
      var present = span[0] <= now && now < span[1];
      row.classList.toggle("tocsin-now", present);
      row.classList.toggle("tocsin-past", span[1] <= now);
      if (present) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    });
    document.querySelectorAll(".md-typeset .oncall li").forEach(function (line) {
      var ends = instants(line);
      line.classList.toggle("tocsin-past", ends.length > 0 && Math.min.apply(null, ends) <= now);
    });
  }

  /* Addresses of alerts are in lower case, whatever a chat message says; else offer a search. */
  function helpLost() {
    var place = document.getElementById("tocsin-not-found");
    if (!place) return;
    var path = window.location.pathname;
    if (path !== path.toLowerCase()) {
      window.location.replace(path.toLowerCase() + window.location.search + window.location.hash);
      return;
    }
    var words = decodeURIComponent(path).split("/").filter(Boolean).pop() || "";
    var home = document.querySelector(".md-content ul a");
    var link = document.createElement("a");
    link.href = home.getAttribute("href") + "?q=" + encodeURIComponent(words.replace(/[-_.]+/g, " "));
    link.textContent = "Search for “" + words + "”";
    place.after(link);
  }

  /* What the theme adds while the page is shown has no names, and what scrolls is out of a keyboard's reach. */
  function nameParts() {
    var search = document.querySelector(".md-search[role=dialog]");
    var field = document.querySelector(".md-search__input");
    if (search && field) search.setAttribute("aria-label", field.getAttribute("aria-label") || field.placeholder);
    document.querySelectorAll("nav.md-code__nav").forEach(function (buttons, index) {
      var first = buttons.querySelector("button");
      if (first && !buttons.hasAttribute("aria-label")) {
        buttons.setAttribute("aria-label", first.title + " " + (index + 1));
      }
    });
    document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])").forEach(function (table) {
      table.tabIndex = 0;
    });
  }

  markShifts();
  helpLost();
  nameParts();
  var content = document.querySelector(".md-content");
  if (content) new MutationObserver(nameParts).observe(content, { childList: true, subtree: true });
  window.setInterval(markShifts, 60000);
})();
