// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.Signature;
import io.dragoman.model.DeskEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A desk that takes mail, as the configuration would make it. */
final class MailDeskAccount {
    static final Instant NOW = Instant.parse("2026-11-28T10:02:30Z");
    static final String CONVERSATION = "01931c5e-7b1f-7c3a-9d2e-4f5a6b7c8d9e";
    static final String DESK = "support@desk.example";

    private MailDeskAccount() {}

    static Account with(String... more) {
        Map<String, String> texts = new HashMap<>(Map.of(
                "address",
                "desk@reply.example",
                "deskAddress",
                DESK,
                "tokenSecret",
                "a secret of sixteen and more".replace(' ', '-'),
                "smtp.host",
                "127.0.0.1",
                "smtp.tls",
                "false",
                "imap.host",
                "127.0.0.1",
                "imap.tls",
                "false"));
        texts.putAll(Map.of("imap.user", "desk", "imap.password", "secret"));
        for (int i = 0; i < more.length; i += 2) {
            texts.put(more[i], more[i + 1]);
        }
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : new EmailDesk().settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null && !text.isEmpty()) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(
                Side.DESK,
                "helpdesk",
                "email",
                values,
                false,
                new Account.Installation(URI.create("https://chat.shop.example"), new Secret("a key for tests")));
    }

    /** The address of {@link #CONVERSATION}. */
    static String address(Account account) {
        return new ConversationAddress(account).of(CONVERSATION).orElseThrow();
    }

    static List<DeskEvent> read(Account account, String mail) throws Exception {
        return read(account, "INBOX/7/1", mail);
    }

    static List<DeskEvent> read(Account account, String place, String mail) throws Exception {
        byte[] raw = mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return new EmailDesk().read(account, Signature.polled(Request.polled(place, raw, NOW)));
    }

    /** A mail of an agent, whose other fields and text are given with {@code \n}. */
    static String mail(String to, String... lines) {
        return "From: Mara <mara@desk.example>\nTo: " + to + "\nMessage-ID: <m-1@desk.example>\n"
                + "Date: Sat, 28 Nov 2026 10:02:11 +0000\n" + String.join("\n", lines) + "\n";
    }
}
