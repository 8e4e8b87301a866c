// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import io.dragoman.Bootstrap;
import io.dragoman.FreePort;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestClock;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Side;
import io.dragoman.rules.RuleBook;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.YamlText;
import io.dragoman.simulator.desk.DeskSimulator;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.simulator.discord.DiscordSimulator;
import io.dragoman.simulator.facebook.FacebookSimulator;
import io.dragoman.simulator.instagram.InstagramSimulator;
import io.dragoman.simulator.line.LineSimulator;
import io.dragoman.simulator.linkedin.LinkedInSimulator;
import io.dragoman.simulator.mail.MailSimulator;
import io.dragoman.simulator.matrix.MatrixSimulator;
import io.dragoman.simulator.messenger.MessengerSimulator;
import io.dragoman.simulator.messente.MessenteSimulator;
import io.dragoman.simulator.slack.SlackSimulator;
import io.dragoman.simulator.teams.TeamsSimulator;
import io.dragoman.simulator.telegram.TelegramSimulator;
import io.dragoman.simulator.twilio.TwilioSimulator;
import io.dragoman.simulator.viber.ViberSimulator;
import io.dragoman.simulator.voice.VoiceSimulator;
import io.dragoman.simulator.webchat.WebChatSimulator;
import io.dragoman.simulator.wechat.WeChatSimulator;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import io.dragoman.simulator.x.XSimulator;
import io.dragoman.store.NewStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A gateway started from a home folder of its own, as the command does, with every provider simulated around it. */
public final class World implements AutoCloseable {
    static final int LARGEST_BODY = 256 * 1024;

    public final WhatsAppSimulator whatsapp = new WhatsAppSimulator(0);
    public final TwilioSimulator twilio = new TwilioSimulator(0);
    public final MessenteSimulator messente = new MessenteSimulator(0);
    public final MessengerSimulator messenger = new MessengerSimulator(0);
    public final InstagramSimulator instagram = new InstagramSimulator(0);
    public final FacebookSimulator facebook = new FacebookSimulator(0);
    public final TelegramSimulator telegram = new TelegramSimulator(0);
    public final TelegramSimulator polled = new TelegramSimulator(0);
    public final LineSimulator line = new LineSimulator(0);
    public final ViberSimulator viber = new ViberSimulator(0);
    public final SlackSimulator slack = new SlackSimulator(0);
    public final TeamsSimulator teams = new TeamsSimulator(0);
    public final DiscordSimulator discord = new DiscordSimulator(0);
    public final MatrixSimulator matrix = new MatrixSimulator(0);
    public final XSimulator x = new XSimulator(0);
    public final LinkedInSimulator linkedin = new LinkedInSimulator(0);
    public final VoiceSimulator voice = new VoiceSimulator(0);
    public final WeChatSimulator wechat = new WeChatSimulator(0);
    public final WebChatSimulator webchat = new WebChatSimulator();
    public final MailSimulator mail = new MailSimulator(0, 0);
    public final DeskSimulator desk = new DeskSimulator(0);
    public final URI url;
    /** The gateway's; the simulators have the machine's. */
    final TestClock clock = TestClock.running();

    private final Path home;
    private final String backfill;
    private final String more;
    private Gateway gateway;

    public World(Path home) throws Exception {
        this(home, "off", "");
    }

    /**
     * Starts a world.
     *
     * @param backfill how often channels with webhooks are backfilled
     * @param more channels, as lines of YAML
     */
    World(Path home, String backfill, String more) throws Exception {
        this.home = home;
        this.backfill = backfill;
        this.more = more;
        this.url = URI.create("http://127.0.0.1:" + FreePort.find());
        telegram.webhook(callback("tg"));
        configure();
        this.gateway = start();
    }

    private void configure() throws IOException {
        Files.createDirectories(home.resolve("config"));
        write("gateway", """
                http: {host: 127.0.0.1, port: %d, publicUrl: "%s", maxBody: 256 KB}
                admin: {port: %d}
                desk: helpdesk
                mediaWait: 20s
                """.formatted(url.getPort(), url, FreePort.find()));
        Map<String, String> polling = new HashMap<>(polled.settings());
        polling.remove("secretToken");
        polling.put("intake", "poll");
        write(
                "channels",
                "channels:\n" + YamlText.account("wa", "whatsapp", whatsapp.settings())
                        + YamlText.account("sms", "twilio", backfilled(twilio))
                        + YamlText.account("texts", "messente", messente.settings())
                        + YamlText.account("page", "messenger", backfilled(messenger))
                        + YamlText.account("insta", "instagram", backfilled(instagram))
                        + YamlText.account("feed", "facebook", facebook.settings())
                        + YamlText.account("tg", "telegram", backfilled(telegram))
                        + YamlText.account("tg-poll", "telegram", polling)
                        + YamlText.account("post", "email", mail.settings())
                        + YamlText.account("line", "line", line.settings())
                        + YamlText.account("viber", "viber", viber.settings())
                        + YamlText.account("company", "linkedin", backfilled(linkedin))
                        + YamlText.account("phone", "voice", voice.settings())
                        + YamlText.account("slack", "slack", slack.settings())
                        + YamlText.account("wechat", "wechat", wechat.settings())
                        + YamlText.account("chat", "webchat", webchat.settings())
                        + YamlText.account("teams", "teams", teams.settings())
                        + YamlText.account("discord", "discord", discord.settings())
                        + YamlText.account("matrix", "matrix", matrix.settings())
                        + YamlText.account("x", "x", backfilled(x))
                        + more);
        Map<String, String> helpdesk = new HashMap<>(desk.settings());
        helpdesk.put("files.authorization", "Bearer of the files");
        write("desks", "desks:\n" + YamlText.account("helpdesk", "webhook", helpdesk));
        write("rules", """
                rules:
                  - name: Georgian
                    when: {text: [გამარჯობა, "ÝAGYŞ", ԲԱՐԵՎ]}
                    team: tbilisi
                    tags: [matched]
                    priority: high
                """);
    }

    private Map<String, String> backfilled(Simulator simulator) {
        Map<String, String> settings = new HashMap<>(simulator.settings());
        settings.put("backfill", backfill);
        return settings;
    }

    private void write(String name, String yaml) throws IOException {
        Files.writeString(home.resolve("config/" + name + ".yaml"), yaml);
    }

    private Gateway start() throws Exception {
        Bootstrap bootstrap = new Bootstrap(home, Connectors.installed(), name -> null);
        SecureRandom random = new SecureRandom();
        Loaded<RuleBook> loaded = bootstrap.load(random);
        if (!(loaded instanceof Loaded.Usable<RuleBook> usable)) {
            throw new AssertionError(loaded.problems().toString());
        }
        return Gateway.start(NewStore.in(bootstrap.setup(usable, new Setup.Environment(clock, random, failure -> {}))));
    }

    /** Ends the gateway and starts it again on the same home. */
    public void restart() throws Exception {
        gateway.close();
        gateway = start();
    }

    Path home() {
        return home;
    }

    public Gateway gateway() {
        return gateway;
    }

    public URI callback(String id) {
        return url.resolve((id.equals("helpdesk") ? Side.DESK : Side.CHANNEL).path(id));
    }

    /** A customer of a channel writes. */
    public void writes(String channel, String customer, String text) {
        int status = simulator(channel).customerWrites(source(channel), customer, text);
        if (status / 100 != 2) {
            throw new AssertionError(channel + " answered " + status);
        }
    }

    private URI source(String channel) {
        return channel.equals("tg-poll") ? TelegramSimulator.QUEUE : callback(channel);
    }

    public Simulator simulator(String channel) {
        return switch (channel) {
            case "wa" -> whatsapp;
            case "sms" -> twilio;
            case "texts" -> messente;
            case "page" -> messenger;
            case "insta" -> instagram;
            case "feed" -> facebook;
            case "tg" -> telegram;
            case "tg-poll" -> polled;
            case "post" -> mail;
            case "line" -> line;
            case "slack" -> slack;
            case "chat" -> webchat;
            case "teams" -> teams;
            case "discord" -> discord;
            case "matrix" -> matrix;
            case "x" -> x;
            case "viber" -> viber;
            case "phone" -> voice;
            case "wechat" -> wechat;
            case "company" -> linkedin;
            default -> throw new IllegalArgumentException(channel);
        };
    }

    /** What a customer was brought, in order. */
    public List<String> delivered(String channel, String customer) {
        return simulator(channel).delivered().stream()
                .filter(delivered -> delivered.customer().equals(customer))
                .map(Simulator.Delivered::content)
                .toList();
    }

    /** The customers' messages that the desk has from a channel. */
    public List<Note> received(String channel) {
        return desk.notes().stream()
                .filter(note -> note.type().equals("message.received"))
                .filter(note -> note.channel().equals(channel))
                .toList();
    }

    /** Waits for the notice of a message with this text. */
    public Note note(String channel, String text) {
        await(channel + "'s message at the desk", () -> received(channel).stream()
                .anyMatch(note -> note.text().equals(text)));
        return received(channel).stream()
                .filter(note -> note.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        gateway.close();
        List.<Simulator>of(whatsapp, twilio, messente, messenger, instagram, facebook, telegram, polled, mail, desk)
                .forEach(Simulator::close);
        line.close();
        slack.close();
        webchat.close();
        teams.close();
        discord.close();
        matrix.close();
        viber.close();
        x.close();
        voice.close();
        wechat.close();
        linkedin.close();
    }
}
