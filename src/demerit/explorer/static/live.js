// The socket of live re-runs: opened when first needed, opened again if it is lost; what is asked meanwhile waits.

export class Live {
  constructor(signal, { heard, lost }) {
    Object.assign(this, { signal, heard, lost, socket: null, waiting: null });
    signal.addEventListener("abort", () => this.socket?.close());
  }

  ask(call) {
    if (this.signal.aborted) return;
    const text = JSON.stringify(call);
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(text);
    else {
      this.waiting = text;
      if (this.socket?.readyState !== WebSocket.CONNECTING) this.open();
    }
  }

  cancel() {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ cancel: true }));
  }

  open() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(`${scheme}//${location.host}/api/live`);
    this.socket.addEventListener("open", () => {
      if (this.waiting) this.socket.send(this.waiting);
      this.waiting = null;
    });
    this.socket.addEventListener("message", (event) => {
      if (!this.signal.aborted) this.heard(JSON.parse(event.data));
    });
    this.socket.addEventListener("close", (event) => {
      if (!this.signal.aborted) this.lost(event.reason || "The connection to the server has ended; move a slider to open it again.");
    });
  }
}
