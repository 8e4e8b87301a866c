// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.e2e.World;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.simulator.mail.MailSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checklist 5: no header of a request or of a mail ever stands on an exchange, and none changes what goes out. The real
 * channels, over HTTP and IMAP, with a spy between all steps of all routes.
 */
final class HeadersTest {
    private static final int NAMES = 2_000;
    private static final List<String> STEERING = List.of(
            "CamelHttpUri",
            "CamelHttpPath",
            "CamelHttpQuery",
            "CamelHttpMethod",
            "CamelHttpHost",
            "CamelHttpBaseUri",
            "CamelRestHttpUri",
            "CamelDestinationOverrideUrl",
            "CamelFileName",
            "CamelFileNameConsumed",
            "CamelFilePath",
            "CamelBeanMethodName",
            "CamelSqlQuery",
            "CamelJmsDestinationName",
            "CamelKafkaTopic",
            "CamelOverruleFileName",
            "CamelSlipEndpoint",
            "CamelToEndpoint",
            "CamelRecipientListEndpoint",
            "CamelCharsetName",
            "CamelTemplate",
            "CamelFreemarkerResourceUri",
            "CamelVelocityTemplate",
            "CamelExecCommandExecutable",
            "CamelExecCommandArgs",
            "CamelLanguageScript",
            "CamelSchedulerName",
            "CamelMailMessageId",
            "CamelMailCopyTo",
            "CamelMailMoveTo",
            "CamelMailDelete",
            "CamelRedelivered",
            "CamelRouteStop",
            "CamelRollbackOnly",
            "CamelSkipSendToEndpoint",
            "operationName",
            "operationNamespace",
            "breadcrumbId",
            "mail.smtp.host",
            "mail.smtp.port",
            "mail.smtp.from",
            "mail.smtp.socketFactory.class",
            "mail.smtp.ssl.trust",
            "mail.smtps.host",
            "mail.imap.host",
            "mail.transport.protocol",
            "mail.mime.charset",
            "kafka.TOPIC",
            "kafka.KEY",
            "kafka.OVERRIDE_TOPIC",
            "kafka.PARTITION_KEY",
            "org.apache.camel.x",
            "JMSReplyTo",
            "JMSDestination",
            "SOAPAction",
            "To",
            "Cc",
            "Bcc",
            "Reply-To",
            "Return-Path",
            "Sender",
            "Subject",
            "Content-Type",
            "Host2",
            "X-Forwarded-Host",
            "X-HTTP-Method-Override",
            "traceparent",
            "firedTime",
            "rawPayload");

    private static final List<String> NOT_COMPARED = List.of(
            "id",
            "sequence",
            "sentAt",
            "receivedAt",
            "replyUntil",
            "contact",
            "deskReference",
            "conversation",
            "createdAt",
            "updatedAt",
            "lastInAt",
            "externalId");
    private static final List<String> NEW_EACH_TIME = List.of(
            "date", "message-id", "received", "reply-to", "references", "in-reply-to", "delivered-to", "return-path");

    @TempDir
    private static Path home;

    private static World world;
    private static ServerSocket trap;
    private static final AtomicInteger CAUGHT = new AtomicInteger();

    @BeforeAll
    static void start() throws Exception {
        Spy.into(home);
        trap = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread waiting = new Thread(() -> {
            while (!trap.isClosed()) {
                try {
                    trap.accept().close();
                    CAUGHT.incrementAndGet();
                } catch (IOException e) {
                    return;
                }
            }
        });
        waiting.setDaemon(true);
        waiting.start();
        world = new World(home);
    }

    @AfterAll
    static void stop() throws IOException {
        trap.close();
        world.close();
    }

    /** Names that steer something somewhere in Camel, in any case and with any ending. */
    private static List<String> names() {
        Random random = new Random(5);
        List<String> names = new ArrayList<>(STEERING);
        names.addAll(
                List.of("cAmelHttpUri", "cameLfilename", "CAMELHTTPURI", "camelhttpuri", "Camel", "camel.", "CAMEL-"));
        while (names.size() < NAMES) {
            String name = STEERING.get(random.nextInt(STEERING.size()));
            StringBuilder other = new StringBuilder();
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                other.append(random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c));
            }
            names.add(random.nextBoolean() ? other.toString() : other + Integer.toString(random.nextInt(1000), 36));
        }
        return names;
    }

    private static String value(String name) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        return lower.contains("port")
                ? String.valueOf(trap.getLocalPort())
                : lower.contains("host") && !lower.contains("uri")
                        ? "127.0.0.1"
                        : "http://127.0.0.1:" + trap.getLocalPort() + "/x";
    }

    @Test
    void noHeaderOfAWebhookReachesTheRouteOrTheDesk() throws Exception {
        List<String> names = names();
        int posted = 0;
        for (int from = 0; from < names.size(); from += 100) {
            List<String> some = names.subList(from, Math.min(names.size(), from + 100)).stream()
                    .filter(name -> !name.equalsIgnoreCase("Content-Type"))
                    .toList();
            String text = "webhook " + from;
            assertThat(post(text, some)).isEqualTo(200);
            world.note("wa", text);
            posted += some.size();
        }
        String plain = "webhook without";
        assertThat(post(plain, List.of())).isEqualTo(200);
        assertThat(withoutIds(world.note("wa", "webhook 0"))).isEqualTo(withoutIds(world.note("wa", plain)));
        System.out.println("header names posted: " + posted);
        assertThat(posted).isGreaterThanOrEqualTo(NAMES - 50);
        changedNothing();
    }

    @Test
    void noHeaderOfAMailReachesTheRouteOrWhatGoesOut() throws Exception {
        List<String> names = names();
        int mailed = 0;
        for (int from = 0; from < names.size(); from += 250) {
            StringBuilder head = new StringBuilder();
            for (String name : names.subList(from, Math.min(names.size(), from + 250))) {
                if (!List.of("to", "cc", "bcc", "reply-to", "return-path", "sender", "subject", "content-type")
                        .contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    head.append(name).append(": ").append(value(name)).append("\r\n");
                    mailed++;
                }
            }
            String text = "mail " + from;
            drop("odd" + from, head.toString(), text);
            world.note("post", text);
        }
        drop("plain", "", "mail without");
        Note odd = world.note("post", "mail 0");
        Note plain = world.note("post", "mail without");
        assertThat(withoutIds(odd).replace("odd0@", "plain@").replace("odd0", "plain"))
                .isEqualTo(withoutIds(plain));
        assertThat(answer(odd, "odd0")).isEqualTo(answer(plain, "plain").replace("plain@", "odd0@"));
        System.out.println("header names mailed: " + mailed);
        assertThat(mailed).isGreaterThanOrEqualTo(NAMES - 300);
        changedNothing();
    }

    private static void changedNothing() throws IOException {
        assertThat(Spy.RECORDS).contains("Arrival", "Authentic", "Stored", "JourneyContext");
        assertThat(Spy.HEADERS).as("on exchanges").isEmpty();
        assertThat(CAUGHT).as("requests to where a header led").hasValue(0);
        assertThat(world.desk.complaints()).isEmpty();
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName()))).noneMatch(name -> name.equals("x"));
        }
    }

    private static int post(String text, List<String> names) throws Exception {
        byte[] body =
                ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"messages\","
                                + "\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":\""
                                + world.whatsapp.settings().get("phoneNumberId")
                                + "\"},\"contacts\":[{\"profile\":{\"name\":\"Ana\"},\"wa_id\":\"49300001\"}],\"messages\":[{\"from\":"
                                + "\"49300001\",\"id\":\"wamid." + text.hashCode()
                                + "\",\"timestamp\":\"1795255200\",\"type\":\"text\","
                                + "\"text\":{\"body\":\"" + text + "\"}}]}}]}]}")
                        .getBytes(UTF_8);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(world.whatsapp.settings().get("appSecret").getBytes(UTF_8), "HmacSHA256"));
        StringBuilder request = new StringBuilder("POST /channels/wa HTTP/1.1\r\nHost: x\r\nConnection: close\r\n")
                .append("Content-Length: ")
                .append(body.length)
                .append("\r\nX-Hub-Signature-256: sha256=")
                .append(HexFormat.of().formatHex(mac.doFinal(body)))
                .append("\r\n");
        names.forEach(
                name -> request.append(name).append(": ").append(value(name)).append("\r\n"));
        return Raw.status(Raw.ask(world.callback("wa").getPort(), request + "\r\n" + new String(body, UTF_8)));
    }

    private static void drop(String who, String head, String text) {
        world.mail.drop(("From: Ana <" + who + "@customers.example>\r\nTo: " + MailSimulator.ADDRESS
                        + "\r\nSubject: A question\r\n" + "Message-ID: <" + who + "@customers.example>\r\n" + head
                        + "\r\n" + text + "\r\n")
                .getBytes(UTF_8));
    }

    /** The answer that the customer gets, without what is new in every mail. */
    private static String answer(Note note, String who) throws Exception {
        world.desk.agentReplies(world.callback("helpdesk"), note.conversation(), "Max", "an answer");
        String customer = who + "@customers.example";
        World.await("the answer to " + who, () -> !world.mail.mailbox(customer).isEmpty());
        assertThat(world.mail.mailbox(customer)).hasSize(1);
        List<String> headers = new ArrayList<>();
        world.mail
                .mailbox(customer)
                .get(0)
                .message()
                .getAllHeaders()
                .asIterator()
                .forEachRemaining(header -> {
                    if (!NEW_EACH_TIME.contains(header.getName().toLowerCase(java.util.Locale.ROOT))) {
                        headers.add(header.getName() + ": " + header.getValue().replaceAll("=_[^\"]+|--=[^\"]+", "…"));
                    }
                });
        return headers.toString();
    }

    private static String withoutIds(Note note) {
        ObjectNode copy = note.json().deepCopy();
        copy.remove("timestamp");
        for (String path : List.of("/data/conversation", "/data/message", "/data/contact")) {
            JsonNode node = copy.at(path);
            if (node instanceof ObjectNode object) {
                object.remove(NOT_COMPARED);
                object.path("parts").forEach(part -> ((ObjectNode) part).remove(List.of("text", "full")));
            }
        }
        return copy.toString();
    }
}
