-- wrk's script: each request asks an address drawn at random from a file (the first argument), as a browser does where
-- "page" is the second, and the end is one line for run.sh: requests a second, p50 and p99 in milliseconds, answers that were no 2xx or 3xx, failures.
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init(args)
  math.randomseed(20261121 + number)
  requests = {}
  local headers = nil
  if args[2] == "page" then
    headers = { ["Accept"] = "text/html,application/xhtml+xml,*/*;q=0.8", ["Accept-Encoding"] = "gzip" }
  end
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format("RESULT %.1f %.3f %.3f %d %d\n",
    summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
