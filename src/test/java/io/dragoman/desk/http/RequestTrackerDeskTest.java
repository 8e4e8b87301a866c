// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.cli.DeskTrial;
import io.dragoman.model.Conversation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Customers and an agent speak through a gateway and a real Request Tracker, whose automatic answers are on. */
final class RequestTrackerDeskTest {
    @TempDir
    private static Path home;

    private static RequestTracker desk;
    private static DeskTalk talk;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(RequestTracker.isInstalled(), "no request-tracker5");
        desk = new RequestTracker();
        talk = new DeskTalk(
                home,
                "{kind: http, profile: request-tracker, baseUrl: \"" + desk.url("") + "\", token: \""
                        + desk.keys.get("dragoman")
                        + "\", user: dragoman, domain: customers.test, pollEvery: 5s, assignees: \"maria=max\"}");
    }

    @AfterAll
    static void stop() throws Exception {
        if (talk != null) {
            talk.close();
        }
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    void customerAndAgentShouldSpeakAndNothingShouldComeBack() throws Exception {
        String ana = "+4915550101";
        talk.says(ana, "Where is my order? გამარჯობა");
        talk.says(ana, "Number 4711");
        String ticket = talk.reference(ana);
        DeskTalk.await("both messages", () -> written(ticket).size() == 2);
        JsonNode read = get("/ticket/" + ticket);
        String address = read.at("/Requestor/0/id").asText();
        assertThat(address).isEqualTo(talk.of(ana).contact() + "@customers.test");
        assertThat(get("/user/" + address).at("/RealName").asText()).isEqualTo("Ana გ, the " + ana);
        assertThat(read.at("/Subject").asText()).isEqualTo("Where is my order? გამარჯობა");

        write("max", ticket, "comment", Map.of("Content", "between us", "ContentType", "text/plain"));
        write(
                "max",
                ticket,
                "correspond",
                Map.of("Content", "<p>It <b>comes</b> é</p><p>today</p>", "ContentType", "text/html"));
        DeskTalk.await("the answer", () -> !talk.got(ana).isEmpty());
        assertThat(talk.got(ana)).containsExactly("It comes é\n\ntoday");

        talk.says(ana, "Thank you");
        DeskTalk.await("the third", () -> written(ticket).size() == 4);
        write("max", ticket, "correspond", Map.of("Content", "Bye", "ContentType", "text/plain"));
        DeskTalk.await("the last answer", () -> talk.got(ana).size() >= 2);
        assertThat(talk.got(ana)).containsExactly("It comes é\n\ntoday", "Bye");
        assertThat(written(ticket))
                .containsExactly(
                        "dragoman Where is my order? გამარჯობა",
                        "dragoman Number 4711",
                        "max <p>It <b>comes</b> é</p><p>today</p>",
                        "dragoman Thank you",
                        "max Bye");
        assertThat(desk.mails(address)).isEmpty();
        assertThat(talk.dead()).isEmpty();
    }

    @Test
    void filesShouldGoBothWays() throws Exception {
        String ben = "+4915550102";
        talk.says(ben, "Look", Map.of("ქვითარი ä.txt", "hello é"));
        String ticket = talk.reference(ben);
        talk.says(ben, "", Map.of("b.txt", "again"));
        DeskTalk.await("both files", () -> files(ticket).size() == 2);
        assertThat(files(ticket)).containsExactly("ქვითარი ä.txt=hello é", "b.txt=again");
        String bill = Base64.getEncoder().encodeToString("a bill é".getBytes(StandardCharsets.UTF_8));
        write(
                "max",
                ticket,
                "correspond",
                Map.of(
                        "Content",
                        "Your bill",
                        "ContentType",
                        "text/plain",
                        "Attachments",
                        List.of(Map.of("FileName", "bill.txt", "FileType", "text/plain", "FileContent", bill))));
        DeskTalk.await("the answer", () -> talk.got(ben).size() >= 2);
        write(
                "max",
                ticket,
                "correspond",
                Map.of(
                        "Attachments",
                        List.of(Map.of("FileName", "slip.txt", "FileType", "text/plain", "FileContent", bill))));
        DeskTalk.await("the file alone", () -> talk.got(ben).size() >= 3);
        assertThat(talk.got(ben)).containsExactly("Your bill", "bill.txt=a bill é", "slip.txt=a bill é");
    }

    @Test
    void whoWasGivenTheConversationShouldOwnTheTicket() throws Exception {
        String eva = "+4915550105";
        talk.says(eva, "Who will help me?");
        String ticket = talk.reference(eva);
        talk.assigns(eva, "maria");
        DeskTalk.await(
                "the owner",
                () -> get("/ticket/" + ticket).at("/Owner/id").asText().equals("max"));
        assertThat(talk.dead()).isEmpty();
    }

    @Test
    void testShouldKnowARightTokenFromAWrongOne(@TempDir Path other) {
        DeskTrial trial = new DeskTrial(other);
        Map<String, String> account = new HashMap<>(Map.of(
                "profile",
                "request-tracker",
                "baseUrl",
                desk.url("").toString(),
                "token",
                desk.keys.get("dragoman"),
                "user",
                "dragoman",
                "domain",
                "customers.test"));
        account.put("teams", "billing=General");
        account.put("assignees", "maria=max");
        assertThat(trial.test(account)).as(trial.said()).isZero();
        account.put("closedStatus", "no-such-status");
        trial.test(account);
        assertThat(trial.said()).contains("no-such-status: Request Tracker answered 200: no ticket of the queue has");
        account.remove("closedStatus");
        account.put("teams", "billing=General, legal=Nowhere");
        assertThat(trial.test(account)).as(trial.said()).isEqualTo(1);
        assertThat(trial.said()).contains("legal=Nowhere: Request Tracker answered 403");
        account.remove("teams");
        account.put("assignees", "maria=max, tom=nobody-there");
        assertThat(trial.test(account)).as(trial.said()).isEqualTo(1);
        assertThat(trial.said()).contains("tom=nobody-there: Request Tracker answered 404");
        account.remove("assignees");
        account.put("queue", "Bare");
        assertThat(trial.test(account)).as(trial.said()).isEqualTo(1);
        assertThat(trial.said()).contains("it sees no custom field Dragoman of tickets");
        account.put("queue", "Nowhere");
        assertThat(trial.test(account)).as(trial.said()).isEqualTo(1);
        account.remove("queue");
        account.put("token", "1-99-0123456789abcdef0123456789abcdef");
        assertThat(trial.test(account)).as(trial.said()).isEqualTo(1);
        assertThat(trial.said()).contains("answered 401");
    }

    /** The answer to whoever was merged would reach the other: they get a ticket of their own again. */
    @Test
    void mergedTicketShouldReachNobodyElse() throws Exception {
        String fay = "+4915550106";
        String gil = "+4915550107";
        talk.says(fay, "Hello from Fay");
        String kept = talk.reference(fay);
        talk.says(gil, "Hello from Gil");
        String merged = talk.reference(gil);
        assertThat(desk.call("max", "PUT", RequestTracker.API + "/ticket/" + merged, Map.of("MergeInto", kept))
                        .status())
                .isEqualTo(200);
        DeskTalk.await("a ticket of Gil's own", () -> !List.of(kept, merged).contains(talk.reference(gil)));
        write("max", talk.reference(gil), "correspond", Map.of("Content", "To Gil", "ContentType", "text/plain"));
        write("max", kept, "correspond", Map.of("Content", "To Fay", "ContentType", "text/plain"));
        DeskTalk.await(
                "both answers", () -> !talk.got(gil).isEmpty() && !talk.got(fay).isEmpty());
        assertThat(talk.got(gil)).containsExactly("To Gil");
        assertThat(talk.got(fay)).containsExactly("To Fay");
    }

    @Test
    void stateShouldGoBothWays() throws Exception {
        String cara = "+4915550103";
        talk.says(cara, "Hello");
        String ticket = talk.reference(cara);
        status(ticket, "resolved");
        DeskTalk.await("the end", () -> talk.of(cara).status() == Conversation.State.CLOSED);
        talk.says(cara, "One more thing");
        DeskTalk.await(
                "the ticket to open",
                () -> get("/ticket/" + ticket).at("/Status").asText().equals("open"));
        assertThat(talk.of(cara).status()).isEqualTo(Conversation.State.OPEN);
        talk.closes(cara);
        DeskTalk.await(
                "the ticket to end",
                () -> get("/ticket/" + ticket).at("/Status").asText().equals("resolved"));
        status(ticket, "open");
        DeskTalk.await("the conversation to open", () -> talk.of(cara).status() == Conversation.State.OPEN);
    }

    /** Messages that come while it is away, or while it ends in the midst of them, and answers before the gateway starts. */
    @Test
    void powerCutShouldLoseAndDoubleNothing() throws Exception {
        String dora = "+4915550104";
        List<String> all = new ArrayList<>();
        talk.says(dora, "first");
        all.add("dragoman first");
        String ticket = talk.reference(dora);
        for (int i = 0; i < 4; i++) {
            talk.says(dora, "number " + i);
            all.add("dragoman number " + i);
            if (i == 1) {
                desk.kill();
            }
        }
        desk.start();
        talk.later();
        DeskTalk.await("all", () -> written(ticket).size() >= all.size());
        talk.stop();
        write("max", ticket, "correspond", Map.of("Content", "while it was away", "ContentType", "text/plain"));
        talk.start();
        DeskTalk.await("the answer", () -> !talk.got(dora).isEmpty());
        talk.says(dora, "last");
        all.add("max while it was away");
        all.add("dragoman last");
        DeskTalk.await("the last", () -> written(ticket).size() >= all.size());
        assertThat(written(ticket)).containsExactlyElementsOf(all);
        assertThat(talk.got(dora)).containsExactly("while it was away");
        assertThat(talk.dead()).isEmpty();
    }

    private static List<String> written(String ticket) throws Exception {
        return desk.written(ticket);
    }

    private static List<String> files(String ticket) throws Exception {
        List<String> files = new ArrayList<>();
        for (JsonNode one : desk.history(ticket)) {
            for (JsonNode part : desk.parts(one)) {
                if (!part.at("/Filename").asText().isEmpty()) {
                    files.add(part.at("/Filename").asText() + "="
                            + part.at("/Content").asText());
                }
            }
        }
        return files;
    }

    private static void write(String user, String ticket, String how, Map<String, Object> message) throws Exception {
        assertThat(desk.call(user, "POST", RequestTracker.API + "/ticket/" + ticket + "/" + how, new HashMap<>(message))
                        .status())
                .isEqualTo(201);
    }

    private static void status(String ticket, String status) throws Exception {
        assertThat(desk.call("max", "PUT", RequestTracker.API + "/ticket/" + ticket, Map.of("Status", status))
                        .status())
                .isEqualTo(200);
    }

    private static JsonNode get(String path) throws Exception {
        PackagedDesk.Answer answer = desk.get("dragoman", RequestTracker.API + path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
