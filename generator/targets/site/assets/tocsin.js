/* Small helps that need the present time or the address that was asked for. Without it every page still says all. */
(function () {
  "use strict";

  /* In the language of the site: what it says in others than English stands before this script. */
  var WORDS = window.TOCSIN_WORDS || {};
  function say(text) {
    return WORDS[text] || text;
  }

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

  /* An address may hold any bytes. */
  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch (error) {
      return text;
    }
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
    var words = decoded(path).split("/").filter(Boolean).pop() || "";
    var home = document.querySelector(".md-content ul a");
    var link = document.createElement("a");
    link.href = home.getAttribute("href") + "?q=" + encodeURIComponent(words.replace(/[-_.]+/g, " "));
    link.textContent = say("Search for “{words}”").replace("{words}", function () {
      return words;
    });
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
    markWideTables();
  }

  /* What an address may bring into a command: words that mean the same in and out of quotes, and are no option. */
  var NAME = /^[a-z][a-z0-9_]*$/;
  var WORD = /^[A-Za-z0-9._:/@][A-Za-z0-9._:/@-]{0,199}$/;
  var UPWARDS = /(^|\/)\.\.?(\/|$)/;

  function isWord(value) {
    return WORD.test(value) && /[A-Za-z0-9]/.test(value) && !UPWARDS.test(value);
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  }

  /* Every $NAMESPACE and ${NAMESPACE} of a block becomes the value, marked; what the block itself sets is none. */
  function fill(block, name, value) {
    var text = block.textContent;
    var shell = name.toUpperCase();
    var sets = "(^|[\\s;&|(])(" + shell + "\\+?=|(read|for)\\s([^;|&\\n]*\\s)?" + shell + "\\b)";
    if (new RegExp(sets).test(text)) return 0;
    var written = new RegExp("\\$(?:" + shell + "(?![A-Za-z0-9_])|\\{" + shell + "\\})", "g");
    var found = [];
    for (var match = written.exec(text); match; match = written.exec(text)) {
      if (!/[\\$]/.test(text.charAt(match.index - 1))) found.push([match.index, match.index + match[0].length]);
    }
    found.reverse().forEach(function (span) {
      var range = document.createRange();
      var place = 0;
      var walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      for (var node = walker.nextNode(); node; node = walker.nextNode()) {
        var end = place + node.data.length;
        if (place <= span[0] && span[0] < end) range.setStart(node, span[0] - place);
        if (place < span[1] && span[1] <= end) range.setEnd(node, span[1] - place);
        place = end;
      }
      range.deleteContents();
      var mark = element("mark", "tocsin-filled", value);
      mark.title = "$" + shell;
      range.insertNode(mark);
    });
    return found.length;
  }

  /* Placeholders take the values of the address (?namespace=shop), else the runbook's own; the page says which. */
  function fillParameters() {
    var asked = new URLSearchParams(window.location.search);
    document.querySelectorAll(".tocsin-parameter").forEach(function (place) {
      var name = place.dataset.name;
      if (!NAME.test(name) || place.dataset.filled) return;
      place.dataset.filled = "yes";
      var given = asked.get(name);
      var usable = given !== null && isWord(given);
      var value = usable ? given : place.dataset.default;
      var blocks = 0;
      if (isWord(value)) {
        document.querySelectorAll(".md-content pre > code").forEach(function (block) {
          blocks += fill(block, name, value) > 0 ? 1 : 0;
        });
      }
      var said = say("{name} is empty, so commands keep the placeholder");
      if (value) said = say("{name} is {value}, which is the default");
      if (usable) said = say("{name} is {value}, from the address of this page");
      if (given && !usable) said += "; " + say("the address has another value, which is not filled into commands");
      if (blocks === 1) said += ". " + say("Filled into 1 block of commands");
      if (blocks > 1) said += ". " + say("Filled into {number} blocks of commands").replace("{number}", blocks);
      place.replaceChildren();
      said.split(/(\{name\}|\{value\})/).forEach(function (part) {
        if (part === "{name}") place.append(element("code", "", "$" + name.toUpperCase()));
        else if (part === "{value}") place.append(element("code", usable ? "tocsin-filled" : "", value));
        else place.append(part);
      });
    });
  }

  /* An alert's link brings values for its runbook: they go along from page to page. */
  function keepParameters() {
    var kept = new URLSearchParams();
    new URLSearchParams(window.location.search).forEach(function (value, name) {
      if (NAME.test(name) && name !== "q" && name !== "h" && isWord(value)) kept.append(name, value);
    });
    if (!kept.toString()) return;
    document.querySelectorAll(".md-content a[href]").forEach(function (link) {
      var url = new URL(link.href, window.location.href);
      var ours = url.protocol === window.location.protocol && url.host === window.location.host;
      var here = url.pathname === window.location.pathname;
      if (!ours || here || url.search || !/\/(alerts|runbooks)\/[^/]/.test(url.pathname)) return;
      url.search = kept.toString();
      link.href = url.href;
    });
  }

  /* A table that is wider than the page says so: it has a shadow where it goes on, and a keyboard reaches it. */
  function markWideTables() {
    document.querySelectorAll(".md-typeset__scrollwrap").forEach(function (table) {
      var wide = table.scrollWidth > table.clientWidth + 1;
      table.classList.toggle("tocsin-scrolls", wide);
      table.tabIndex = wide ? 0 : -1;
    });
  }

  /* Times are those of the schedule; the reader's own are one touch away. */
  function nameTimes() {
    document.querySelectorAll(".md-typeset time").forEach(function (time) {
      time.title = new Date(time.dateTime).toLocaleString();
    });
  }

  markShifts();
  nameTimes();
  markWideTables();
  window.addEventListener("resize", markWideTables);
  fillParameters();
  keepParameters();
  helpLost();
  nameParts();
  var content = document.querySelector(".md-content");
  if (content) new MutationObserver(nameParts).observe(content, { childList: true, subtree: true });
  window.setInterval(markShifts, 60000);
})();
