# The worker under plain workerd: workerd serve config.capnp
# Another address: workerd serve config.capnp --socket-addr http=*:8787

using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  # Without, the part of V8's memory where new things lie grows by tens of
  # megabytes before anything is let go (README.md, Limits).
  v8Flags = ["--semi-space-growth-factor=1", "--max-semi-space-size=2"],
  services = [
    (name = "sealcheck", worker = .worker),
    # Issuers' documents are asked for at public addresses only. Never widen
    # this: it is what keeps a credential from reaching into your network.
    (name = "internet", network = (allow = ["public"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "sealcheck")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    (name = "shim.mjs", esModule = embed "shim.mjs"),
    (name = "lists.mjs", esModule = embed "lists.mjs"),
    (name = "wasm_exec.js", esModule = embed "wasm_exec.js"),
    (name = "sealcheck.wasm", wasm = embed "sealcheck.wasm"),
    # lists and keys: written by `go run ./build worker`
  ],
  compatibilityDate = "2026-06-01",
  bindings = [
    (name = "OFFLINE", text = "0"), # "1" forbids every outgoing request
    # "1" allows requests that show their host which credential is checked
    (name = "CONTACT_ISSUER", text = "0"),
    (name = "POLICY", text = "strict"), # a preset's name or a policy as JSON
  ],
);
