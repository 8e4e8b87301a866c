// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Installation;
import io.dragoman.Setup;
import io.dragoman.config.ConfigurationWatcher;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.http.server.HttpListener;
import io.dragoman.rules.RuleBook;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.desk.DeskSimulator;
import io.dragoman.simulator.mail.MailSimulator;
import io.dragoman.simulator.mail.MailSimulatorFactory;
import io.dragoman.simulator.messenger.MessengerSimulator;
import io.dragoman.simulator.shopify.ShopifySimulator;
import io.dragoman.simulator.smsgate.SmsGateSimulator;
import io.dragoman.simulator.telegram.TelegramSimulator;
import io.dragoman.simulator.twilio.TwilioSimulator;
import io.dragoman.simulator.webchat.WebChatSimulator;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The simulators and, between them, the gateway, started from a home folder as {@code run} does. */
public final class DemoEnvironment implements AutoCloseable {
    static final String WHATSAPP = "shop-whatsapp";
    static final String SMS = "sms";
    static final String TELEGRAM = "shop-telegram";
    static final String MAIL = "support-mail";
    static final String MESSENGER = "shop-messenger";
    static final String PHONE = "shop-phone";
    static final String CHAT = "site-chat";
    static final String SHOP = "store";

    final WhatsAppSimulator whatsapp = new WhatsAppSimulator(0);
    final TwilioSimulator twilio = new TwilioSimulator(0);
    final TelegramSimulator telegram = new TelegramSimulator(0);
    final MailSimulator mail = new MailSimulator(0, 0);
    final MessengerSimulator messenger = new MessengerSimulator(0);
    final SmsGateSimulator phone = new SmsGateSimulator(0);
    final WebChatSimulator chat = new WebChatSimulator();
    final ShopifySimulator shop = new ShopifySimulator(0);
    final DeskSimulator desk = new DeskSimulator(0);

    private final Path home;
    private final URI publicUrl;
    private final URI adminUrl;
    private final Secret token;
    private @Nullable Gateway gateway;
    private @Nullable ConfigurationWatcher<RuleBook> watcher;

    private DemoEnvironment(Path home, SecureRandom random) throws IOException {
        this.home = home;
        this.publicUrl = URI.create("http://127.0.0.1:" + Ports.free());
        this.adminUrl = URI.create("http://127.0.0.1:" + Ports.free());
        this.token = Installation.secret(home.resolve("data"), "demo.token", random);
    }

    /**
     * Starts everything.
     *
     * @param home an empty folder, or one with rules, replies and hours of one's own in its config folder
     * @throws IOException with what to do
     * @throws HttpListener.PortInUse when another program was faster
     */
    public static DemoEnvironment open(Path home, List<Connector> connectors, Clock clock, SecureRandom random)
            throws IOException, HttpListener.PortInUse {
        Optional<String> missing = new MailSimulatorFactory().missing();
        if (missing.isPresent()) {
            throw new IOException(missing.get());
        }
        DemoHome folder = new DemoHome(home);
        if (folder.used()) {
            throw new IOException(home.resolve("data") + " holds the data of another run. Remove it, or name another"
                    + " folder with --home.");
        }
        DemoEnvironment environment = new DemoEnvironment(home, random);
        environment.telegram.webhook(environment.callback(TELEGRAM));
        try {
            folder.write(
                    environment.publicUrl,
                    environment.adminUrl.getPort(),
                    environment.token.value(),
                    environment.channels(),
                    environment.desk,
                    clock.instant());
            environment.start(new Bootstrap(home, connectors, name -> null), clock, random);
            return environment;
        } catch (IOException | HttpListener.PortInUse | RuntimeException e) {
            environment.close();
            throw e;
        }
    }

    private void start(Bootstrap bootstrap, Clock clock, SecureRandom random)
            throws IOException, HttpListener.PortInUse {
        Loaded.Usable<RuleBook> loaded = usable(bootstrap.load(random));
        Gateway started = Gateway.start(
                bootstrap.setup(loaded, new Setup.Environment(clock, random, failure -> Runtime.getRuntime()
                        .halt(70))));
        gateway = started;
        watcher = bootstrap.watcher(loaded, started); // what one changes in the console is in force
        watcher.start();
    }

    private static Loaded.Usable<RuleBook> usable(Loaded<RuleBook> loaded) throws IOException {
        if (loaded instanceof Loaded.Usable<RuleBook> usable) {
            return usable;
        }
        throw new IOException(loaded.errors().stream().map(String::valueOf).collect(Collectors.joining("\n")));
    }

    private Map<String, Simulator> channels() {
        Map<String, Simulator> channels = new LinkedHashMap<>();
        channels.put(WHATSAPP, whatsapp);
        channels.put(SMS, twilio);
        channels.put(TELEGRAM, telegram);
        channels.put(MAIL, mail);
        channels.put(MESSENGER, messenger);
        channels.put(PHONE, phone);
        channels.put(CHAT, chat);
        channels.put(SHOP, shop);
        return channels;
    }

    /** Where providers and desks post to. */
    URI callback(String id) {
        return publicUrl.resolve((id.equals("helpdesk") ? Side.DESK : Side.CHANNEL).path(id));
    }

    Gateway gateway() {
        return java.util.Objects.requireNonNull(gateway);
    }

    public URI publicUrl() {
        return publicUrl;
    }

    /**
     * Where to look from another terminal while it runs, line by line.
     *
     * @param message one that is worth an {@code explain}
     */
    public List<String> directions(String message) {
        return List.of(
                "  console: " + adminUrl + "/console/   log in with the token in " + home.resolve("data/demo.token"),
                "  ./dragoman conversations --home " + home,
                "  ./dragoman explain " + message + " --home " + home,
                "  curl -H 'Authorization: Bearer " + token.value() + "' " + adminUrl + "/api/v1/conversations",
                "  configuration: " + home.resolve("config") + "   log: " + home.resolve("demo.log"));
    }

    @Override
    public void close() {
        chat.close(); // visitors leave while there is something to leave
        if (watcher != null) {
            watcher.close();
        }
        if (gateway != null) {
            gateway.close();
        }
        List.<Simulator>of(whatsapp, twilio, telegram, mail, messenger, phone, shop, desk)
                .forEach(Simulator::close);
    }
}
