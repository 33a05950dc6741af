// Starts the twin and does what lines of JSON on standard input ask for; each is answered by one line on standard output.
import { createInterface } from 'node:readline'
import { DigitalDiscord } from 'discord-digital-twin'

const [gateway, botToken, bot] = process.argv.slice(2)
const discord = new DigitalDiscord({
  botToken,
  botUser: { id: bot, username: 'claimcheck' },
  gatewayUrlOverride: gateway,
  guild: { name: 'Daily Planet' },
  channels: [{ name: 'news-desk', type: 0 }],
  users: [{ username: 'Ada' }],
})
await discord.start()
const userId = await discord.getFirstNonBotUserId()
const channel = await discord.prisma.channel.findFirst({ where: { name: 'news-desk' } })

const deeds = {
  say: ({ channelId, content }) => discord.simulateUserMessage({ channelId, userId, content }),
  command: ({ channelId, name, options }) => discord.simulateSlashCommand({ channelId, userId, name, options }),
  click: ({ channelId, messageId, customId }) =>
    discord.simulateButtonClick({ channelId, userId, messageId, customId }),
  identify: async ({ channelId, as_ }) =>
    await discord.prisma.channel.update({ where: { id: channelId }, data: { id: as_ } }),
  messages: ({ channelId }) => discord.channel(channelId).getMessages(),
}
const plain = (_, value) => (typeof value === 'bigint' ? String(value) : value)
const tell = (value) => process.stdout.write(JSON.stringify(value, plain) + '\n')

tell({ rest: discord.restUrl, gateway: discord.gatewayUrl, guild: discord.guildId, channel: channel.id, user: userId })
for await (const line of createInterface({ input: process.stdin })) {
  const { deed, ...what } = JSON.parse(line)
  tell((await deeds[deed](what)) ?? null)
}
await discord.stop()
process.exit(0)
