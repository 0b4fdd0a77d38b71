// Reads a status page as a program of somebody else would, with the npm package `statuspage.io`, and prints what it got.
// node client.cjs FOLDER_OF_NODE_MODULES ADDRESS
const [modules, address] = process.argv.slice(2);
const { Statuspage } = require(`${modules}/statuspage.io`);

async function main() {
  const client = new Statuspage("any"); // its own way to a page that is served elsewhere:
  client.setApiUrl(address);
  const { api } = client;
  const [summary, status, components] = await Promise.all([api.getSummary(), api.getStatus(), api.getComponents()]);
  const [incidents, unresolved] = await Promise.all([api.incidents.getAll(), api.incidents.getUnresolved()]);
  const work = api.scheduledMaintenances;
  const [maintenances, upcoming, active] = await Promise.all([work.getAll(), work.getUpcoming(), work.getActive()]);
  const read = { summary, status, components, incidents, unresolved, maintenances, upcoming, active };
  process.stdout.write(JSON.stringify(read));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
