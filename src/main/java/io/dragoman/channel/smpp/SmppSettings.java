// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.kit.SmsSender;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What can be configured for an SMPP channel. The longest values are those of SMPP 3.4, 4.1. */
final class SmppSettings {
    static final Setting<String> HOST =
            Setting.text("host", "The SMS centre, as its operator names it.").need();
    static final Setting<Integer> PORT =
            Setting.integer("port", "Its port (default 3550 with tls, else 2775).", 1, 65_535);
    static final Setting<Boolean> TLS = Setting.flag(
                    "tls",
                    "Whether the connection is encrypted; without it password and texts are read by whoever sees the "
                            + "network, so false needs a tunnel to this machine or a private network, or insecure: true.")
            .or("true");
    static final Setting<String> SYSTEM_ID = Setting.text("systemId", "The name to log in with, system_id.")
            .need()
            .matching(".{1,15}", "must be of at most 15 characters, as SMPP has it");
    static final Setting<Secret> PASSWORD = Setting.secret("password", "The password, of at most 8 characters.")
            .need()
            .matching(".{1,8}", "must be of at most 8 characters, as SMPP has it");
    static final Setting<String> SYSTEM_TYPE = Setting.text(
                    "systemType", "The system_type, where the operator names one.")
            .matching(".{0,12}", "must be of at most 12 characters, as SMPP has it")
            .or("");
    static final Setting<String> SERVICE_TYPE = Setting.text(
                    "serviceType", "The service_type of what is sent, where the operator names one.")
            .matching(".{0,5}", "must be of at most 5 characters, as SMPP has it")
            .or("");
    static final Setting<String> ADDRESS_RANGE = Setting.text(
                    "addressRange", "The address_range to log in with, where the operator names one.")
            .matching(".{0,40}", "must be of at most 40 characters, as SMPP has it")
            .or("");
    static final Setting<Mode> BIND = Setting.choice(
                    "bind",
                    "How to log in: transceiver (one session both ways), or pair (a transmitter and a receiver).",
                    Mode.class)
            .or("transceiver");
    static final Setting<Integer> BINDS = Setting.integer(
                    "binds", "How many sessions, or pairs of them, are held at once, as the operator allows.", 1, 10)
            .or("1");
    static final Setting<String> FROM = Setting.text(
                    "from", "The sender: a number such as +4930111, a short code, or a name, which cannot be answered.")
            .need()
            .matching("\\+?[0-9]{3,20}|.{1,11}", "must be a number, or a name of at most 11 characters");
    static final Setting<Integer> SOURCE_TON = type("source.ton", "The type of number of the sender");
    static final Setting<Integer> SOURCE_NPI = plan("source.npi", "The numbering plan of the sender");
    static final Setting<Integer> DESTINATION_TON = type("destination.ton", "The type of number of the customer");
    static final Setting<Integer> DESTINATION_NPI = plan("destination.npi", "The numbering plan of the customer");
    static final Setting<Alphabet> ALPHABET = Setting.choice(
                    "alphabet",
                    "What the SMS centre means by data_coding 0, its default alphabet: gsm (GSM 7-bit, an octet for each "
                            + "septet), latin1, ascii or utf-8; ask its operator.",
                    Alphabet.class)
            .or("gsm");
    static final Setting<Concatenation> CONCATENATION = Setting.choice(
                    "concatenation",
                    "How a long text is sent: udh-8 or udh-16 (pieces with a header, whose reference has so many bits), sar "
                            + "(pieces with optional parameters) or payload (whole, in message_payload).",
                    Concatenation.class)
            .or("udh-8");
    static final Setting<MessageIds> MESSAGE_IDS = Setting.choice(
                    "messageIds",
                    "How ids in receipts compare with those in answers: auto, same, hex-to-decimal (answers are hexadecimal, "
                            + "receipts decimal) or decimal-to-hex.",
                    MessageIds.class)
            .or("auto");
    static final Setting<Boolean> RECEIPTS = Setting.flag(
                    "receipts", "Whether delivery receipts are asked for, which some operators charge for.")
            .or("true");
    static final Setting<Integer> WINDOW = Setting.integer(
                    "window", "How many messages a session may have under way, unanswered.", 1, 100)
            .or("10");
    static final Setting<Integer> PER_SECOND = Setting.integer(
                    "perSecond",
                    "How many short messages a second may be sent, as contracted; of all sessions.",
                    1,
                    10_000)
            .or("10");
    static final Setting<Duration> TIMEOUT = Setting.duration(
                    "timeout", "How long an answer is waited for; without it, whether a message was sent is unknown.")
            .or("20s");
    static final Setting<Duration> ENQUIRE_LINK = Setting.duration(
                    "enquireLink", "After how long a silence the session is tried, so that a lost one is noticed.")
            .or("20s");

    private SmppSettings() {}

    static List<Setting<?>> all() {
        return List.of(
                HOST,
                PORT,
                TLS,
                SYSTEM_ID,
                PASSWORD,
                SYSTEM_TYPE,
                SERVICE_TYPE,
                ADDRESS_RANGE,
                BIND,
                BINDS,
                FROM,
                SOURCE_TON,
                SOURCE_NPI,
                DESTINATION_TON,
                DESTINATION_NPI,
                SmsSender.COUNTRY,
                ALPHABET,
                CONCATENATION,
                MESSAGE_IDS,
                RECEIPTS,
                WINDOW,
                PER_SECOND,
                TIMEOUT,
                ENQUIRE_LINK,
                OnUncertain.SETTING);
    }

    /** What no single setting shows. */
    static List<String> problems(Account account) {
        List<String> problems = new ArrayList<>();
        String host = account.find(HOST).orElse("localhost");
        if (!account.find(TLS).orElse(true) && !account.insecure() && !isNear(host)) {
            problems.add(
                    "tls is false, which shows password and texts to the network: use true, name a tunnel or a server "
                            + "by an address of a private network, or write insecure: true");
        }
        for (Setting<Duration> wait : List.of(TIMEOUT, ENQUIRE_LINK)) {
            account.find(wait)
                    .filter(time -> time.toMillis() < 100 || time.toMinutes() >= 10)
                    .ifPresent(time -> problems.add(wait.name() + " must be from 0.1s to 10m"));
        }
        return problems;
    }

    static int port(Account account) {
        return account.find(PORT).orElse(account.get(TLS) ? 3550 : 2775);
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

    private static Setting<Integer> type(String name, String what) {
        return Setting.integer(
                name,
                what
                        + ", TON: 0 unknown, 1 international, 2 national, 3 network specific, 5 alphanumeric (default: as the "
                        + "address shows).",
                0,
                7);
    }

    private static Setting<Integer> plan(String name, String what) {
        return Setting.integer(name, what + ", NPI: 0 unknown, 1 ISDN (E.164) (default: as the address shows).", 0, 18);
    }

    /** How to log in. */
    enum Mode {
        TRANSCEIVER,
        PAIR
    }

    /** How a long text is sent. */
    enum Concatenation {
        UDH_8,
        UDH_16,
        SAR,
        PAYLOAD
    }
}
