// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.rules.RuleBook;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.YamlText;
import io.dragoman.simulator.mail.Mail;
import io.dragoman.simulator.mail.MailSimulator;
import io.dragoman.simulator.telegram.TelegramSimulator;
import io.dragoman.store.NewStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A gateway between customers on Telegram and a helpdesk that takes mail, with a real mail server between. */
final class MailDeskWorld implements AutoCloseable {
    /** The address of the helpdesk. */
    static final String DESK = "tickets@desk.example";

    final TelegramSimulator telegram = new TelegramSimulator(0);
    final MailSimulator mail = new MailSimulator(0, 0);
    private final Path home;
    private final Clock clock;
    private Gateway gateway;

    /** Starts one. */
    MailDeskWorld(Path home, Clock clock) throws Exception {
        this.home = home;
        this.clock = clock;
        Files.createDirectories(home.resolve("config"));
        Map<String, String> polling = new TreeMap<>(telegram.settings());
        polling.remove("secretToken");
        polling.put("intake", "poll");
        Map<String, String> mailing = new TreeMap<>(mail.settings());
        mailing.putAll(mail.more());
        mailing.put("interval", "1s");
        mailing.put("deskAddress", DESK);
        mailing.put("replyAddress", MailSimulator.ADDRESS.replace("@", "+{token}@"));
        mailing.put("tokenSecret", "the-secret-of-the-tokens");
        write(
                "gateway",
                "http: {host: 127.0.0.1, port: 0, publicUrl: \"http://127.0.0.1:8080\"}\nadmin: {port: 0}\ndesk: help\n");
        write("channels", "channels:\n" + YamlText.account("tg", "telegram", polling));
        write("desks", "desks:\n" + YamlText.account("help", "email", mailing));
        start();
    }

    private void write(String name, String yaml) throws Exception {
        Files.writeString(home.resolve("config/" + name + ".yaml"), yaml);
    }

    /** Opens the gateway, again where it was stopped. */
    void start() throws Exception {
        Bootstrap bootstrap = new Bootstrap(home, Connectors.installed(), name -> null);
        SecureRandom random = new SecureRandom();
        if (!(bootstrap.load(random) instanceof Loaded.Usable<RuleBook> usable)) {
            throw new AssertionError(bootstrap.load(random).problems().toString());
        }
        gateway = Gateway.start(
                NewStore.in(bootstrap.setup(usable, new Setup.Environment(clock, random, failure -> {}))));
    }

    /** Closes the gateway, in the midst of whatever it does. */
    void stop() {
        gateway.close();
    }

    Gateway gateway() {
        return gateway;
    }

    /** A customer writes. */
    void writes(String customer, String text) {
        if (telegram.customerWrites(TelegramSimulator.QUEUE, customer, text) != 200) {
            throw new AssertionError("the queue takes nothing");
        }
    }

    /** The mails at the helpdesk, oldest first. */
    List<Mail> mails() {
        return mail.mailbox(DESK);
    }

    /** What customers were brought. */
    List<Delivered> delivered() {
        return telegram.delivered();
    }

    /** Where a mail to the helpdesk is answered to. */
    static String address(Mail ticket) {
        String from = ticket.header("From");
        return from.substring(from.indexOf('<') + 1, from.indexOf('>'));
    }

    @Override
    public void close() {
        gateway.close();
        telegram.close();
        mail.close();
    }
}
