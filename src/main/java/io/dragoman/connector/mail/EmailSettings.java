// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.RefreshGrant;
import io.dragoman.connector.RefreshToken;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Transport.Tls;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Words;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What can be configured for a mail channel. */
public final class EmailSettings {
    public static final Setting<String> ADDRESS = Setting.text(
                    "address", "The address that customers write to and get answers from.")
            .need();
    public static final Setting<String> NAME =
            Setting.text("name", "The name shown beside the address, such as Example Shop.");
    static final Setting<String> ALIASES = Setting.text(
            "aliases", "Other addresses of this mailbox, separated by commas; mail from them counts as our own.");
    public static final Setting<Start> START = Setting.choice(
                    "start",
                    "Which mail is read at the very first start: only new mail, or all that is there.",
                    Start.class)
            .or("new");
    public static final Setting<Integer> LARGEST = Setting.integer(
                    "largestMail",
                    "The largest mail that is read, in MB; of a larger one only the header is. A mail is held in memory while it is read: above 50, raise Java's heap by as much (DRAGOMAN_JAVA_OPTS=-Xmx512m).",
                    1,
                    200)
            .or("50");
    public static final Setting<Duration> INTERVAL = Setting.duration(
                    "interval", "How often to poll where the server does not notify (POP3, IMAP without IDLE).")
            .or("60s");
    public static final Setting<String> TRUSTED_AUTH_SERVER = Setting.text(
            "trustedAuthServer",
            "The name that your own mail server writes first into Authentication-Results, such as mx.google.com; "
                    + "without it no sender counts as verified.");
    public static final Setting<Boolean> REPLY_TOKENS = Setting.flag(
                    "replyTokens",
                    "Whether answers carry a Reply-To such as support+token@example.com, which finds the conversation "
                            + "reliably; needs a server that delivers such addresses.")
            .or("true");
    public static final Setting<String> MARKER = Setting.text(
            "marker", "A line put at the top of every mail sent; in answers everything from it on counts as quoted.");
    public static final Setting<Boolean> NULL_SENDER = Setting.flag(
                    "nullSender",
                    "Whether automatic replies go out with the empty envelope sender, so that they cannot bounce; their "
                            + "failures are then not seen.")
            .or("false");
    public static final Setting<SendMethod> SENDING = Setting.choice(
                    "sending",
                    "How mail goes out: smtp, graph (Microsoft Graph) or gmail (Google's API), both with oauth, where "
                            + "SMTP is switched off.",
                    SendMethod.class)
            .or("smtp");
    public static final Setting<URI> SENDING_URL = Setting.url(
            "sendingUrl",
            "Where that API is (default: https://graph.microsoft.com/v1.0 or https://gmail.googleapis.com/gmail/v1).");
    static final Setting<Boolean> POP3_DELETE = Setting.flag(
            "pop3.delete", "Whether mail that is safely stored is deleted from the server (default false).");
    static final Setting<String> IMAP_FOLDER = Setting.text("imap.folder", "The folder to read (default INBOX).");

    public static final Setting<String> IMAP_SENT = Setting.text(
            "imap.sent",
            "The folder to which a copy of every mail sent is added, such as Sent; without it none is, as many servers "
                    + "add one themselves.");

    static final Setting<Duration> IMAP_LOOK = Setting.duration(
            "imap.look",
            "How long IDLE is believed that there is no news; then the folder is opened and looked at anew "
                    + "(default 60s). Some servers say nothing of a folder that was deleted and made again.");

    private static final String INBOX = "INBOX";

    public static final Server IMAP = new Server("imap", "read mail from");
    static final Server POP3 = new Server("pop3", "read mail from, where there is no IMAP");
    public static final Server SMTP = new Server("smtp", "send mail through");

    private EmailSettings() {}

    public static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(List.of(
                ADDRESS,
                NAME,
                ALIASES,
                START,
                LARGEST,
                INTERVAL,
                TRUSTED_AUTH_SERVER,
                REPLY_TOKENS,
                MARKER,
                NULL_SENDER,
                SENDING,
                SENDING_URL,
                OnUncertain.SETTING));
        all.addAll(servers());
        return List.copyOf(all);
    }

    /** Those of the servers alone, and of how to log in to them. */
    public static List<Setting<?>> servers() {
        List<Setting<?>> all = new ArrayList<>(OAuthSettings.all());
        all.addAll(IMAP.all());
        all.add(IMAP_FOLDER);
        all.add(IMAP_SENT);
        all.add(IMAP_LOOK);
        all.addAll(POP3.all());
        all.add(POP3_DELETE);
        all.addAll(SMTP.all());
        return List.copyOf(all);
    }

    /** The server that is read, as configured. */
    public static MailServer reading(Account account) {
        return (IMAP.isIn(account) ? IMAP : POP3).of(account);
    }

    /** A token in a file is renewed by another program, a refresh token by a person's login. */
    public static Object login(Account account, Transport transport) {
        MailServer server = reading(account);
        try {
            if (server.grant() instanceof RefreshGrant person) {
                return transport.tokens().logins().find(person.account()).map(RefreshToken::loggedInAt);
            }
            Secret secret = server.secret();
            return secret == null ? "" : secret;
        } catch (TransportFailure e) {
            return e.detail();
        } catch (IOException e) {
            return "the login cannot be read";
        }
    }

    /** Takes what is new in the mailbox. */
    public static Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        return reading(account)
                .loggedIn(
                        transport,
                        server -> IMAP.isIn(account)
                                ? new Imap(account, context).poll(server, position)
                                : new Pop3(account, context).poll(server, position));
    }

    /** What no single setting shows. */
    public static List<String> problems(Account account) {
        List<String> problems = new ArrayList<>();
        account.find(ADDRESS)
                .filter(address -> !MailAddress.valid(address))
                .ifPresent(
                        address -> problems.add("address must be a plain mail address such as support@example.com."));
        account.find(NAME).filter(HeaderText::breaks).ifPresent(name -> problems.add("name must be one line."));
        account.find(MARKER).filter(HeaderText::breaks).ifPresent(name -> problems.add("marker must be one line."));
        account.find(IMAP_LOOK)
                .filter(look -> look.compareTo(Duration.ofSeconds(1)) < 0)
                .ifPresent(look -> problems.add("imap.look must be at least 1s."));
        account.find(IMAP_SENT)
                .filter(sent -> sent.equals(folder(account)) || (isInbox(sent) && isInbox(folder(account))))
                .ifPresent(sent -> problems.add("imap.sent is the folder that is read: name another, such as Sent."));
        boolean imap = IMAP.isIn(account);
        boolean pop3 = POP3.isIn(account);
        if (!imap && !pop3) {
            problems.add(
                    "imap is missing: without imap (or pop3) no mail can be read. Add: imap: {host: …, port: 993, user: …, password: …}.");
        }
        if (imap && pop3) {
            problems.add("imap and pop3 are both there: remove one, they would take the same mail.");
        }
        OAuthSettings.check(account, problems);
        sending(account, problems);
        List.of(IMAP, POP3, SMTP).stream()
                .filter(server -> server.isIn(account))
                .forEach(server -> server.check(account, problems));
        return problems;
    }

    private static void sending(Account account, List<String> problems) {
        SendMethod way = account.get(SENDING);
        if (way == SendMethod.SMTP) {
            if (!SMTP.isIn(account)) {
                problems.add(
                        "smtp is missing: without it no mail can be sent. Add: smtp: {host: …, port: 587, user: …, password: …}.");
            }
            return;
        }
        String word = Words.of(way);
        OAuthSettings.Provider other =
                way == SendMethod.GRAPH ? OAuthSettings.Provider.GOOGLE : OAuthSettings.Provider.MICROSOFT;
        if (!OAuthSettings.isIn(account)) {
            problems.add("oauth is missing: sending " + word + " needs its access tokens.");
        } else if (account.get(OAuthSettings.PROVIDER) == other) {
            problems.add("sending " + word + " does not go with oauth.provider " + Words.of(other));
        }
        if (SMTP.isIn(account)) {
            problems.add("smtp and sending " + word + " are both there: remove one.");
        }
        if (account.find(NULL_SENDER).orElse(false)) {
            problems.add("nullSender works by SMTP only: remove it, or sending " + word);
        }
    }

    /** The folder that is read. */
    static String folder(Account account) {
        return account.find(IMAP_FOLDER).orElse(INBOX);
    }

    /** RFC 9051 §5.1: the name of this folder alone knows no case. */
    private static boolean isInbox(String folder) {
        return folder.equalsIgnoreCase(INBOX);
    }

    /** Which mail the first start takes. */
    public enum Start {
        /** What arrives from now on. */
        NEW,
        /** All that the mailbox holds. */
        ALL
    }

    /** One group of settings: a server and how to log in. */
    public static final class Server {
        final String group;
        private final Setting<String> host;
        private final Setting<Integer> port;
        private final Setting<Tls> tls;
        private final Setting<String> user;
        private final Setting<Secret> password;
        private final Setting<Secret> token;
        private final Setting<String> tokenFile;

        Server(String group, String purpose) {
            this.group = group;
            host = Setting.text(group + ".host", "The server to " + purpose + ".")
                    .need();
            port = Setting.integer(group + ".port", "Its port (default: the usual one for its tls).", 1, 65_535);
            tls = Setting.choice(
                    group + ".tls",
                    "How the connection is protected: true, start (STARTTLS) or false, for a server on this machine "
                            + "only (default " + (group.equals("smtp") ? "start" : "true") + ").",
                    Tls.class);
            user = Setting.text(group + ".user", "The user to log in as.");
            password = Setting.secret(group + ".password", "The password, often one made for this purpose.");
            token = Setting.secret(group + ".token", "An OAuth 2 access token instead of the password (XOAUTH2).");
            tokenFile = Setting.text(
                    group + ".tokenFile",
                    "A file that another program keeps filled with a fresh access token; read at every login.");
        }

        public List<Setting<?>> all() {
            return List.of(host, port, tls, user, password, token, tokenFile);
        }

        public boolean isIn(Account account) {
            return account.find(host).isPresent();
        }

        /** The server that an account names. */
        public MailServer of(Account account) {
            Tls protection = account.find(tls).orElse(group.equals("smtp") ? Tls.START : Tls.TRUE);
            return new MailServer(
                            group,
                            account.get(host),
                            account.find(port).orElse(MailServer.usualPort(group, protection)),
                            protection,
                            account.find(user).orElse(null),
                            account.find(password).orElse(null),
                            account.find(token).orElse(null),
                            account.find(tokenFile).orElse(null),
                            null)
                    .or(OAuthSettings.mail(account));
        }

        private void check(Account account, List<String> problems) {
            MailServer server = of(account);
            boolean secret = server.password() != null || server.usesToken();
            if ((server.user() != null) != secret) {
                problems.add(group + " needs both a user and one of password, token, tokenFile and oauth"
                        + (group.equals("smtp") ? ", or none of them" : ""));
            } else if (!secret && !group.equals("smtp")) {
                problems.add(group + ".user and " + group + ".password are missing");
            }
            if (server.tls() == Tls.FALSE && !account.insecure() && !onThisMachine(server.host())) {
                problems.add(group + ".tls is false, which shows the password to the network: use true or start, "
                        + "or write insecure: true");
            }
        }

        private static boolean onThisMachine(String host) {
            try {
                return host.equals("localhost")
                        || (host.matches("[0-9.]+|[0-9a-fA-F:]+")
                                && InetAddress.getByName(host).isLoopbackAddress());
            } catch (UnknownHostException e) {
                return false;
            }
        }
    }
}
