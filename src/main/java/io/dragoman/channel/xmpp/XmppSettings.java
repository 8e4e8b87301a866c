// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be configured for an XMPP channel. */
final class XmppSettings {
    private static final int MOST_ROOMS = 100;
    private static final String ROOM = "[^@/,\\s]+@[^@/,\\s]+";

    static final Setting<String> JID = Setting.text(
                    "jid", "The account's address on its server, such as shop@example.org.")
            .need()
            .matching("[^@/\\s]+@[^@/\\s]+", "must be an address such as shop@example.org");
    static final Setting<Secret> PASSWORD =
            Setting.secret("password", "The account's password.").need();
    static final Setting<String> HOST = Setting.text(
            "host",
            "The server, where DNS (the SRV record _xmpp-client._tcp of the address's domain, or the domain itself) "
                    + "does not lead there. Its certificate must be the domain's all the same.");
    static final Setting<Integer> PORT =
            Setting.integer("port", "Its port, with host.", 1, 65_535).or("5222");
    static final Setting<Boolean> TLS = Setting.flag(
                    "tls",
                    "Whether the connection is encrypted, by STARTTLS; without it password and texts are read by "
                            + "whoever sees the network, so false needs a host that is this machine or in a private "
                            + "network, named by its address, or insecure: true.")
            .or("true");
    static final Setting<String> RESOURCE = Setting.text(
                    "resource",
                    "The name of our connection beside others of the account; a new login with it ends the one before.")
            .matching("[!-~]{1,64}", "must be of 1 to 64 ASCII characters without spaces")
            .or("dragoman");
    static final Setting<Contacts> CONTACTS = Setting.choice(
                    "contacts",
                    "What to answer whoever asks to have the account on their list of contacts and see when it is "
                            + "there: accept, or ignore.",
                    Contacts.class)
            .or("accept");
    static final Setting<URI> FILES = Setting.url(
            "files",
            "Where the server keeps uploaded files, when that address is in a private network or has no https. Files "
                    + "elsewhere are taken by https from public addresses alone.");
    static final Setting<Duration> TIMEOUT = Setting.duration(
                    "timeout",
                    "How long an answer of the server is waited for; without it, whether a message was sent is unknown.")
            .or("20s");
    static final Setting<Duration> PING = Setting.duration(
                    "ping", "After how long a silence the server is asked whether it is there.")
            .or("30s");

    static final Setting<String> ROOMS = Setting.text(
            "rooms",
            "Rooms (XEP-0045) to be in, such as support@rooms.example.org, separated by commas: each is one "
                    + "conversation.");
    static final Setting<String> NICK = Setting.text(
                    "nick", "What we are called in rooms; without it the name of the account, before the @.")
            .matching("[^\\p{Cntrl}/]{1,64}", "must be of 1 to 64 characters, without a slash");

    private XmppSettings() {}

    static List<Setting<?>> all() {
        return List.of(
                JID,
                PASSWORD,
                HOST,
                PORT,
                TLS,
                RESOURCE,
                CONTACTS,
                FILES,
                TIMEOUT,
                PING,
                ROOMS,
                NICK,
                OnUncertain.SETTING);
    }

    /** What no single setting shows. */
    static List<String> problems(Account account) {
        List<String> problems = new ArrayList<>();
        if (!account.find(TLS).orElse(true)
                && !account.insecure()
                && !isNear(account.find(HOST).orElse(""))) {
            problems.add("tls is false, which shows password and texts to the network: use true, name a host on this"
                    + " machine or by an address of a private network, or write insecure: true");
        }
        account.find(JID)
                .filter(jid -> Jids.bare(jid).isEmpty())
                .ifPresent(jid -> problems.add("jid must be an address such as shop@example.org."));
        String[] rooms = account.find(ROOMS).map(text -> text.split(",", -1)).orElse(new String[0]);
        if (rooms.length > MOST_ROOMS) {
            problems.add("rooms has " + rooms.length + " addresses but must have at most " + MOST_ROOMS
                    + ". Share them among several channels.");
        }
        for (String room : rooms) {
            if (!room.strip().matches(ROOM) || Jids.bare(room.strip()).isEmpty()) {
                problems.add("rooms has '" + room.strip() + "', which is no address of a room. Write addresses such as "
                        + "support@rooms.example.org, with commas between.");
            }
        }
        account.find(NICK)
                .filter(nick -> Jids.parse("a@b/" + nick).isEmpty())
                .ifPresent(nick ->
                        problems.add("nick must be a name that XMPP allows. Write one without special characters."));
        for (Setting<Duration> wait : List.of(TIMEOUT, PING)) {
            account.find(wait)
                    .filter(time -> time.toMillis() < 100 || time.toMinutes() >= 10)
                    .ifPresent(time -> problems.add(wait.name() + " must be from 0.1s to 10m."));
        }
        return problems;
    }

    /** The account's address in the form in which it compares. */
    static String us(Account account) {
        String jid = account.get(JID);
        return Jids.bare(jid).orElse(jid);
    }

    /** The rooms to be in, in the form in which they compare. */
    static Set<String> rooms(Account account) {
        return Arrays.stream(account.find(ROOMS).orElse("").split(",", -1))
                .flatMap(room -> Jids.bare(room.strip()).stream())
                .filter(room -> room.contains("@"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static String nick(Account account) {
        String jid = us(account);
        return account.find(NICK).orElse(jid.substring(0, Math.max(0, jid.indexOf('@'))));
    }

    /** Whether it is on this machine or in a private network (RFC 1918), by its address; names are not looked up. */
    private static boolean isNear(String host) {
        try {
            if (!host.matches("[0-9.]+|[0-9a-fA-F:]+")) {
                return host.equals("localhost");
            }
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || address.isSiteLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** What strangers who ask are answered. */
    enum Contacts {
        ACCEPT,
        IGNORE
    }
}
