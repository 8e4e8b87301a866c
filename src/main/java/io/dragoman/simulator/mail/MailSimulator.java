// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.mail;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.dragoman.simulator.Answering;
import io.dragoman.simulator.Script;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorIds;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real mail server, SMTP and IMAP, on this machine. Whoever is written to has a mailbox; what follows a plus in an
 * address does not count, as with most providers. Thread-safe.
 */
public final class MailSimulator implements Simulator, Answering {
    /** The mailbox of the business. */
    public static final String ADDRESS = "support@shop.example";

    private static final String PASSWORD = "simulated-mail-password";

    private final GreenMail server;
    private final SimulatorIds ids;
    private final Script script = new Script();
    private @Nullable SmtpGate gate;
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private volatile Consumer<String> listener = line -> {};

    /**
     * @param smtpPort 0 for any free one
     * @param imapPort 0 for any free one
     */
    public MailSimulator(int smtpPort, int imapPort) {
        this(smtpPort, imapPort, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public MailSimulator(int smtpPort, int imapPort, Clock clock) {
        ids = new SimulatorIds(clock);
        server = new LargeBoxes(
                new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
                new ServerSetup(imapPort, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        server.start();
        server.setUser(ADDRESS, ADDRESS, PASSWORD);
        server.getUserManager().setMessageDeliveryHandler(this::mailbox);
    }

    @Override
    public String kind() {
        return "email";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("address", ADDRESS);
        settings.put("start", "all"); // all its mail is written for the gateway, also what comes before the first look
        settings.put("imap.host", "127.0.0.1");
        settings.put("imap.port", String.valueOf(server.getImap().getPort()));
        settings.put("imap.tls", "false");
        settings.put("imap.user", ADDRESS);
        settings.put("imap.password", PASSWORD);
        settings.put("smtp.host", "127.0.0.1");
        settings.put("smtp.port", String.valueOf(server.getSmtp().getPort()));
        settings.put("smtp.tls", "false");
        return settings;
    }

    /** By a gate before the server, which is told how to answer; who logs in shows that a wrong password is refused. */
    @Override
    public synchronized Map<String, String> more() {
        SmtpGate open = gate;
        if (open == null) {
            open = new SmtpGate(server.getSmtp().getPort(), script);
            gate = open;
        }
        return Map.of("smtp.port", String.valueOf(open.port()), "smtp.user", ADDRESS, "smtp.password", PASSWORD);
    }

    @Override
    public Script script() {
        return script;
    }

    /** All that a mail server tells of a mail is that it did not arrive after all. */
    @Override
    public void receipts(URI callback, Delivered message) {
        String to = address(message.customer()).orElseThrow();
        mailbox(to).stream()
                .filter(mail -> mail.messageId().equals(message.id()))
                .findFirst()
                .ifPresent(mail -> drop(BounceMail.of(to, message.id(), ADDRESS)));
    }

    /** A customer is a mail address; of another name one is made. */
    @Override
    public Optional<String> address(String customer) {
        if (customer.contains("@")) {
            return Optional.of(customer);
        }
        String local = customer.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "");
        String address = (local.isEmpty() ? "somebody" : local) + "@customers.example";
        names.put(address, customer);
        return Optional.of(address);
    }

    /** A customer writes a mail; nobody is called back, the gateway looks into the mailbox. 250 as SMTP says it. */
    @Override
    public int customerWrites(URI callback, String customer, String text) {
        writes(address(customer).orElseThrow(), ADDRESS, "A question", text, Map.of());
        return 250;
    }

    /**
     * Somebody sends a mail over SMTP.
     *
     * @param headers more of them, such as {@code In-Reply-To}
     * @return its Message-ID, with brackets
     */
    public String writes(String from, String to, String subject, String text, Map<String, String> headers) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", String.valueOf(server.getSmtp().getPort()));
        String id = "<" + Long.toString(ids.next(), 36) + "@" + from.substring(from.lastIndexOf('@') + 1) + ">";
        try {
            MimeMessage mail = new MimeMessage(Session.getInstance(properties)) {
                @Override
                protected void updateMessageID() throws MessagingException {
                    setHeader("Message-ID", id);
                }
            };
            mail.setFrom(new InternetAddress(from));
            mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
            mail.setSubject(subject, "UTF-8");
            mail.setText(text, "UTF-8");
            mail.setHeader(
                    "Date",
                    java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC)));
            for (Map.Entry<String, String> header : headers.entrySet()) {
                mail.setHeader(header.getKey(), header.getValue());
            }
            Transport.send(mail);
            return id;
        } catch (MessagingException e) {
            throw new IllegalStateException("the simulated mail server takes no mail", e);
        }
    }

    /** Puts a mail into the business's mailbox byte by byte as it is. */
    public void drop(byte[] mail) {
        try {
            MimeMessage message = new MimeMessage(null, new java.io.ByteArrayInputStream(mail));
            server.getUserManager().getUserByEmail(ADDRESS).deliver(message);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a customer's mailbox holds, oldest first. */
    public List<Mail> mailbox(String address) {
        UserManager users = server.getUserManager();
        GreenMailUser user = users.getUserByEmail(address.toLowerCase(Locale.ROOT));
        if (user == null) {
            return List.of();
        }
        try {
            // the list is a view of the box, and mail may come in while it is walked
            return List.copyOf(users.getImapHostManager().getInbox(user).getMessages()).stream()
                    .map(StoredMessage::getMimeMessage)
                    .map(Mail::new)
                    .toList();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<Delivered> delivered() {
        List<Delivered> delivered = new ArrayList<>();
        for (GreenMailUser user : server.getUserManager().listUser()) {
            if (!user.getEmail().equals(ADDRESS)) {
                String customer = names.getOrDefault(user.getEmail(), user.getEmail());
                mailbox(user.getEmail())
                        .forEach(mail -> delivered.add(new Delivered(customer, mail.messageId(), mail.text())));
            }
        }
        return delivered;
    }

    @Override
    public void listen(Consumer<String> next) {
        listener = next;
    }

    @Override
    public synchronized void close() {
        if (gate != null) {
            gate.close();
        }
        server.stop();
    }

    private GreenMailUser mailbox(MovingMessage mail, MailAddress recipient) throws UserException {
        String address = recipient.getEmail().toLowerCase(Locale.ROOT).replaceFirst("\\+[^@]*@", "@");
        UserManager users = server.getUserManager();
        listener.accept(address + " gets a mail");
        synchronized (users) {
            GreenMailUser known = users.getUserByEmail(address);
            return known != null ? known : users.createUser(address, address, PASSWORD);
        }
    }
}
