// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.simulator.mail.Mail;
import io.dragoman.simulator.mail.MailSimulator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A desk of kind {@code email} and a real Request Tracker, which answers automatically: mails go over a real mail server
 * to RT's own program for them, and what RT mails comes back to the gateway's mailbox.
 */
final class RequestTrackerMailTest {
    private static final String DESK = "support@shop.test";
    private static final String ANA = "+4915550101";

    @TempDir
    private Path home;

    private final MailSimulator server = new MailSimulator(0, 0);
    private final Set<String> brought = new HashSet<>();
    private RequestTracker desk;
    private DeskTalk talk;
    private int taken;

    @BeforeEach
    void start() throws Exception {
        if (!RequestTracker.takesMail()) {
            System.err.println("######## NO MAIL TRIED ON A REAL REQUEST TRACKER: install rt5-clients ########");
        }
        Assumptions.assumeTrue(RequestTracker.takesMail(), "no request-tracker5 with rt5-clients");
        desk = new RequestTracker();
        Map<String, String> mail = server.settings();
        talk = new DeskTalk(
                home,
                "{kind: email, product: request-tracker, deskAddress: " + DESK + ", address: " + mail.get("address")
                        + ", replyAddress: \"" + mail.get("address").replace("@", "+{token}@")
                        + "\", tokenSecret: the-secret-of-the-tokens, start: all, interval: 1s, imap: {host: 127.0.0.1"
                        + ", tls: false, port: " + mail.get("imap.port") + ", user: " + mail.get("imap.user")
                        + ", password: " + mail.get("imap.password") + "}, smtp: {host: 127.0.0.1, tls: false, port: "
                        + mail.get("smtp.port") + "}}");
    }

    @AfterEach
    void stop() throws Exception {
        if (talk != null) {
            talk.close();
        }
        if (desk != null) {
            desk.close();
        }
        server.close();
    }

    @Test
    void customerAndAgentShouldSpeakByMailAndNothingShouldComeBack() throws Exception {
        talk.says(ANA, "Where is my order? გამარჯობა");
        await("the ticket", () -> tickets().size() == 1);
        String ticket = tickets().get(0);
        Mail first = server.mailbox(DESK).get(0);
        String customer = desk.get("dragoman", RequestTracker.API + "/ticket/" + ticket)
                .json()
                .at("/Requestor/0/id")
                .asText();
        assertThat(first.header("From")).contains("<" + customer + ">");
        await("RT's automatic answer", () -> !desk.mails(customer).isEmpty());
        assertThat(desk.mails(customer)).singleElement().asString().contains("automatically generated");

        answers(ticket, "It comes today é.\n\nOn Mon, Ana wrote:\n> Where is my order? გამარჯობა\n");
        await("the answer", () -> !talk.got(ANA).isEmpty());
        assertThat(talk.got(ANA)).containsExactly("It comes today é.");

        talk.says(ANA, "Thank you");
        await("the second message", () -> desk.written(ticket).size() == 3);
        assertThat(server.mailbox(DESK).get(1).subject()).startsWith("Re: [shop.test #" + ticket + "]");
        assertThat(server.mailbox(DESK).get(1).header("References")).startsWith(first.messageId());

        acts("POST", ticket + "/comment", Map.of("Content", "between us", "ContentType", "text/plain"));
        acts("PUT", ticket, Map.of("Status", "resolved"));
        await("the end's mail", () -> desk.mails(customer).size() == 3);
        brought.clear(); // a mail server that brings everything again
        answers(ticket, "Bye");
        await("the last answer", () -> talk.got(ANA).size() >= 2);
        await("an end", () -> talk.open() == 0);
        assertThat(talk.got(ANA)).containsExactly("It comes today é.", "Bye");
        assertThat(server.mailbox(DESK)).as("mails to RT").hasSize(2);
        assertThat(tickets()).containsExactly(ticket);
        assertThat(desk.written(ticket).stream().map(RequestTrackerMailTest::firstLine))
                .containsExactly(
                        customer + " Where is my order? გამარჯობა",
                        "max It comes today é.",
                        customer + " Thank you",
                        "max Bye");
        assertThat(talk.dead()).isEmpty();
    }

    /** An agent answers from a program for mail. */
    private void answers(String ticket, String text) throws Exception {
        String mail = "From: Max Agent <max@shop.test>\r\nTo: " + DESK + "\r\nSubject: Re: [shop.test #" + ticket
                + "] Where is my order?\r\nMessage-ID: <" + text.hashCode() + "@shop.test>\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                + text.replace("\n", "\r\n") + "\r\n";
        desk.takes(mail.getBytes(StandardCharsets.UTF_8));
    }

    private void acts(String method, String what, Map<String, Object> change) throws Exception {
        assertThat(desk.call("max", method, RequestTracker.API + "/ticket/" + what, change)
                        .status())
                .isBetween(200, 299);
    }

    private List<String> tickets() throws Exception {
        JsonNode found = desk.get("dragoman", RequestTracker.API + "/tickets?query=Queue%3D'General'")
                .json()
                .at("/items");
        List<String> tickets = new ArrayList<>();
        found.forEach(one -> tickets.add(one.at("/id").asText()));
        return tickets;
    }

    private static String firstLine(String written) {
        return written.lines().findFirst().orElseThrow().strip();
    }

    /** Meanwhile the mail goes both ways. */
    private void await(String what, DeskTalk.Condition condition) {
        DeskTalk.await(what, () -> {
            carry();
            return condition.holds();
        });
    }

    private void carry() throws Exception {
        List<Mail> mails = server.mailbox(DESK);
        for (; taken < mails.size(); taken++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            mails.get(taken).message().writeTo(bytes);
            desk.takes(bytes.toByteArray());
        }
        String ours = MailSimulator.ADDRESS.substring(MailSimulator.ADDRESS.indexOf('@'));
        for (Map.Entry<String, String> mail : desk.mails().entrySet()) {
            if (mail.getValue().contains(ours) && brought.add(mail.getKey())) {
                server.drop(mail.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
