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

  markShifts();
  helpLost();
  window.setInterval(markShifts, 60000);
})();
