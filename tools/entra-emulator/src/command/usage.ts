/** What `--help` prints. */
export const usage = `Usage: entra-emulator [options]              (in its repository: npm run emulator -- [options])
       entra-emulator generate --people N --seed N --out FILE [options]

A local Microsoft: Graph and Entra for the tenant of a directory file.

  --directory FILE   directory file (JSON); a sample company without it. Given again: another tenant beside it
  --people N         a made-up company of so many people instead, the same for the same --seed N (1)
  --port N           http port (4100)
  --tls N            https port (4143)
  --host ADDRESS     what to listen on (127.0.0.1); the addresses it names itself by are on localhost
  --ca FILE          where the certificate authority is kept: callers trust this file (./.learnamp/emulator/ca.pem)
  --latency MS       let each Graph request wait
  --no-throttling    without Graph's limits
  --scenario FILE    what is to happen and when (JSON)
  --control WHO      who may see and control it: this-machine (the default), or anybody who reaches the http port
  --help             this text

generate:
  --people N         how many people
  --seed N           the same seed gives the same file
  --out FILE         where to write it
  --groups N --depth N --guests N --disabled N --photos N --manager-cycle
`;
