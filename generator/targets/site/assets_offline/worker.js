/* The theme searches in a worker, which browsers refuse to pages from a folder: there a frame of the page does its work. */
(function () {
  "use strict";
  if (window.location.protocol !== "file:") return;

  class FrameWorker extends EventTarget {
    constructor(address) {
      super();
      this.waiting = [];
      var worker = this;
      var frame = document.createElement("iframe");
      frame.hidden = true;
      frame.title = "search";
      document.body.append(frame);
      var inside = frame.contentWindow;
      inside.postMessage = function (data) {
        worker.dispatchEvent(new MessageEvent("message", { data: data }));
      };
      inside.importScripts = async function () {
        for (var script of arguments) await load(inside, script);
      };
      load(inside, new URL(address, document.baseURI).href).then(function () {
        worker.inside = inside;
        worker.waiting.splice(0).forEach(worker.postMessage, worker);
      });
    }

    /* As workers do: what comes before the script has loaded waits for it. */
    postMessage(data) {
      if (!this.inside) this.waiting.push(data);
      else this.inside.dispatchEvent(new this.inside.MessageEvent("message", { data: data }));
    }
  }

  function load(inside, address) {
    return new Promise(function (done, failed) {
      var script = inside.document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      inside.document.body.append(script);
    });
  }

  /* The theme's script looks for this name to find its dictionaries. */
  window.IFrameWorker = window.Worker = FrameWorker;
})();
