// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.config.GatewaySettings;
import io.dragoman.config.TestSettings;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Secret;
import io.dragoman.rules.Decision;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A whole gateway under load that says, each by a write of its own, what must now outlive a power cut: {@code accepted}
 * when a sender was answered; {@code journey} and {@code attempt} when the desk is touched, for the message it is about;
 * {@code settled} for the message before it in the same conversation. To be watched by strace.
 */
public final class Chronicle {
    private static final int SENDERS = 6;
    private static final String SECRET = "secret of a trace";

    private final OutputStream out = new FileOutputStream(FileDescriptor.out); // unbuffered: one write for one word
    private final Map<String, String> lastOfSender = new ConcurrentHashMap<>();
    private final CountDownLatch brought;

    private Chronicle(int messages) {
        brought = new CountDownLatch(messages);
    }

    /** Arguments: the data folder, how many messages each of the senders brings. */
    public static void main(String[] arguments) throws Exception {
        int messages = Integer.parseInt(arguments[1]);
        Chronicle chronicle = new Chronicle(SENDERS * messages);
        try (Gateway gateway = Gateway.start(chronicle.setup(Path.of(arguments[0])))) {
            for (int sender = 0; sender < SENDERS; sender++) {
                String name = "sender" + sender;
                new Thread(() -> chronicle.post(gateway.publicPort(), name, messages)).start();
            }
            chronicle.brought.await(60, TimeUnit.SECONDS);
        }
    }

    private Setup setup(Path data) {
        Account.Installation home = new Account.Installation(URI.create("http://localhost:8080"), new Secret("a key"));
        Connector desk = telling(new TestDesk());
        GatewaySettings settings = TestSettings.local(data, "desk");
        return new Setup(
                settings,
                new ConfiguredAccounts(
                        Map.of("shop", configured("shop", new TestChannel(), home)),
                        Map.of("desk", configured("desk", desk, home)),
                        settings.conversations()),
                situation -> Decision.NOTHING,
                List.of("file:routes/*.camel.yaml"),
                home.key(),
                null,
                new Setup.Environment(Clock.systemUTC(), new Random(), failure -> Runtime.getRuntime()
                        .halt(70)));
    }

    private static ConfiguredAccount configured(String id, Connector connector, Account.Installation home) {
        return new ConfiguredAccount(
                new Account(connector.side(), id, connector.kind(), Map.of("secret", new Secret(SECRET)), false, home),
                connector);
    }

    private void post(int port, String sender, int messages) {
        KeptAlive connection = new KeptAlive();
        for (int i = 0; i < messages; i++) {
            String key = sender + "." + i;
            String body = "[{\"id\":\"" + key + "\",\"from\":\"" + sender + "\",\"text\":\"" + key + "\"}]";
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/channels/shop"))
                    .header("X-Signature", TestChannel.sign(SECRET, body.getBytes(StandardCharsets.UTF_8)))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            try {
                if (connection.post(request) == 200) {
                    say("accepted " + key);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Connector telling(Connector desk) {
        return (Connector) Proxy.newProxyInstance(
                Chronicle.class.getClassLoader(), FailPoint.interfaces(desk), (proxy, method, arguments) -> {
                    if (method.getName().equals("deliver") && arguments[1] instanceof Outbound.ToDesk toDesk) {
                        touched(toDesk);
                    }
                    return method.invoke(desk, arguments);
                });
    }

    private void touched(Outbound.ToDesk toDesk) {
        String key = toDesk.notice().data().message().parts().get(0) instanceof io.dragoman.model.Part.Text text
                ? text.text()
                : "";
        say("journey " + key);
        say("attempt " + key);
        String sender = key.substring(0, key.indexOf('.'));
        String before = lastOfSender.put(sender, key);
        if (before != null) {
            say("settled " + before);
        }
        brought.countDown();
    }

    private void say(String word) {
        try {
            out.write(("ack " + word + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
