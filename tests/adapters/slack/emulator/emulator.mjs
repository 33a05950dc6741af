// Starts the emulator with the seed that comes as an argument, says where it is, and ends with its standard input.
import { createEmulator } from "emulate";

const emulator = await createEmulator({ service: "slack", port: Number(process.argv[2]), seed: JSON.parse(process.argv[3]) });
console.log(emulator.url);
process.stdin.resume();
process.stdin.on("end", async () => {
  await emulator.close();
  process.exit(0);
});
