// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import com.icegreen.greenmail.util.ServerSetup;
import io.dragoman.TestClock;
import io.dragoman.channel.email.Email;
import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TestPollContext;
import io.dragoman.model.CustomerEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A mail account as the configuration would make it. */
public final class TestAccount {
    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    public static final String CONVERSATION = "01931c5e-7b1f-7c3a-9d2e-4f5a6b7c8d9e";

    private TestAccount() {}

    /** A mail server on any free port, with patience for a busy machine. */
    public static ServerSetup server(String protocol) {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(30_000);
        return setup;
    }

    /** Patience whose clock stands at {@link #NOW}. */
    public static TestPollContext context(Duration limit) {
        return new TestPollContext(limit, TestClock.at(NOW));
    }

    public static Account with(String... more) {
        Map<String, String> texts = new HashMap<>(Map.of("address", "support@shop.example", "name", "Example Shop"));
        for (int i = 0; i < more.length; i += 2) {
            texts.put(more[i], more[i + 1]);
        }
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : new Email().settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(
                Side.CHANNEL,
                "support-mail",
                "email",
                values,
                false,
                new Account.Installation(URI.create("https://chat.shop.example"), new Secret("a key for tests")));
    }

    public static List<CustomerEvent> read(byte[] mail) {
        return read(with(), mail);
    }

    public static List<CustomerEvent> read(Account account, byte[] mail) {
        return new Email().read(account, Signature.polled(Request.polled("INBOX/7/1", mail, NOW)));
    }

    /** Reads a mail whose lines are given with {@code \n}. */
    public static CustomerEvent.MessageReceived message(String... lines) {
        return (CustomerEvent.MessageReceived) read(mail(lines)).get(0);
    }

    public static byte[] mail(String... lines) {
        return (String.join("\n", lines).replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
