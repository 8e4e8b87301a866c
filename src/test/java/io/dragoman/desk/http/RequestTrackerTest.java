// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the profile request-tracker relies on, asked of a real one. */
final class RequestTrackerTest {
    private static RequestTracker desk;

    @BeforeAll
    static void start() throws Exception {
        if (!RequestTracker.isInstalled()) {
            System.err.println("######## NOT TRIED ON A REAL REQUEST TRACKER: install request-tracker5 ########");
        }
        Assumptions.assumeTrue(RequestTracker.isInstalled(), "no request-tracker5");
        desk = new RequestTracker();
    }

    @AfterAll
    static void stop() throws Exception {
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    void ticketShouldBelongToTheCustomerAndBeFoundByItsKey() throws Exception {
        String ticket = ticket("ana", Map.of("CustomFields", Map.of("Dragoman", "d-1")));
        JsonNode found = get("/ticket/" + ticket);
        assertThat(found.at("/Requestor/0/id").asText()).isEqualTo("ana@customers.test");
        assertThat(found.at("/Creator/id").asText()).isEqualTo("dragoman");
        assertThat(found.at("/Status").asText()).isEqualTo("new");
        assertThat(get("/user/ana@customers.test").at("/RealName").asText()).isEqualTo("Customer ana");
        assertThat(ids("/tickets", "'CF.{Dragoman}'='d-1'")).containsExactly(ticket);
        assertThat(ids("/tickets", "'CF.{Dragoman}'='d-1x'")).isEmpty();
    }

    /** "On Create Autoreply To Requestors" and "On Correspond Notify Requestors and Ccs" are RT's own scrips. */
    @Test
    void customerShouldBeMailedTheirOwnTextUnlessTheTicketIsSilentToThem() throws Exception {
        String loud = create(Map.of("Requestor", "loud@customers.test"));
        assertThat(desk.mails("loud@customers.test")).singleElement().asString().contains("AutoReply");
        correspond("dragoman", loud, Map.of());
        assertThat(desk.mails("loud@customers.test")).hasSize(2);

        String silent = ticket("silent", Map.of());
        correspond("dragoman", silent, Map.of());
        correspond("max", silent, Map.of());
        put("max", silent, Map.of("Status", "resolved"));
        assertThat(desk.mails("silent@customers.test")).isEmpty();
    }

    /** A list where RT knows no list is dropped without a word, and the customer is mailed. */
    @Test
    void silenceShouldBeATextForAListIsIgnored() throws Exception {
        create(Map.of("Requestor", "list@customers.test", "SquelchMailTo", List.of("list@customers.test")));
        assertThat(desk.mails("list@customers.test")).hasSize(1);
    }

    @Test
    void ownerShouldBeMailedWhatTheCustomerWrites() throws Exception {
        String ticket = ticket("owned", Map.of());
        put("max", ticket, Map.of("Owner", "max"));
        int before = desk.mails("max@shop.test").size();
        correspond("dragoman", ticket, Map.of());
        assertThat(desk.mails("max@shop.test")).hasSize(before + 1);
    }

    @Test
    void transactionsShouldTellRepliesFromCommentsInOrder() throws Exception {
        String ticket = ticket("order", Map.of());
        String own = correspond("dragoman", ticket, Map.of());
        String answer = correspond("max", ticket, Map.of());
        assertThat(post("max", "/ticket/" + ticket + "/comment", text("between us")))
                .isEqualTo(201);
        put("max", ticket, Map.of("Status", "resolved"));
        JsonNode found = search(
                        "/transactions",
                        "TicketId=" + ticket + " AND id>=" + own,
                        "&fields=Type,Creator,Created,ObjectId,OldValue,NewValue&fields[Creator]=Name,RealName"
                                + "&orderby=id&order=ASC")
                .at("/items");
        List<String> told = new ArrayList<>();
        found.forEach(one -> told.add(one.at("/Type").asText() + " "
                + one.at("/Creator/Name").asText() + " " + one.at("/NewValue").asText()));
        assertThat(told)
                .containsExactly(
                        "Correspond dragoman ",
                        "Status RT_System open",
                        "Correspond max ",
                        "Comment max ",
                        "Status max resolved");
        JsonNode reply = found.get(2);
        assertThat(reply.at("/id").asText()).isEqualTo(answer);
        assertThat(reply.at("/ObjectId").asText()).isEqualTo(ticket);
        assertThat(reply.at("/Creator/RealName").asText()).isEqualTo("Max Agent");
        assertThat(reply.at("/Created").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(reply.at("/Object").asText()).as("not the ticket").isEmpty();
    }

    @Test
    void writingToAResolvedTicketShouldOpenIt() throws Exception {
        String ticket = ticket("again", Map.of());
        put("max", ticket, Map.of("Status", "resolved"));
        correspond("dragoman", ticket, Map.of());
        assertThat(get("/ticket/" + ticket).at("/Status").asText()).isEqualTo("open");
    }

    /** The field of a transaction is what finds our own writing again after a doubt. */
    @Test
    void correspondenceShouldBeFoundByItsKey() throws Exception {
        String ticket = ticket("doubt", Map.of());
        String written = correspond("dragoman", ticket, Map.of("TxnCustomFields", Map.of("Dragoman", "d-77")));
        String query = "TicketId=" + ticket + " AND 'CF.{Dragoman}'=";
        assertThat(ids("/transactions", query + "'d-77'")).containsExactly(written);
        assertThat(ids("/transactions", query + "'d-78'")).isEmpty();
    }

    @Test
    void filesOfAgentsShouldComeWithTheTokenAsTheyAre() throws Exception {
        String ticket = ticket("files", Map.of());
        String answer = correspond("max", ticket, Map.of("Attachments", List.of(file("bill.pdf", "JVBERi0A/w=="))));
        JsonNode parts = get("/transaction/" + answer + "/attachments?fields=ContentType,Filename,Content")
                .at("/items");
        assertThat(parts).hasSize(3);
        assertThat(parts.get(1).at("/Content").asText()).isEqualTo("გამარჯობა é");
        assertThat(parts.get(2).at("/Filename").asText()).isEqualTo("bill.pdf");
        String path =
                "/Ticket/Attachment/" + answer + "/" + parts.get(2).at("/id").asText() + "/bill.pdf";
        PackagedDesk.Answer got = desk.get("dragoman", path);
        assertThat(got.response().body()).containsExactly('%', 'P', 'D', 'F', '-', 0, 0xff);
        assertThat(desk.call("GET", path, Map.of(), "", new byte[0]).status())
                .as("to the page of the login")
                .isEqualTo(302);
    }

    /** RT joins a file's name to bytes as it is: letters beyond Latin-1 are an error, and those within become no UTF-8. */
    @Test
    void namesOfFilesShouldBeUtf8BytesEachACharacter() throws Exception {
        String ticket = ticket("names", Map.of());
        String name = "ქვითარი ä.txt";
        assertThat(post("dragoman", "/ticket/" + ticket + "/correspond", with(file(name, "aGVsbG8="))))
                .isEqualTo(500);
        String bytes = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String written = correspond("dragoman", ticket, Map.of("Attachments", List.of(file(bytes, "aGVsbG8="))));
        assertThat(get("/transaction/" + written + "/attachments?fields=Filename")
                        .at("/items/2/Filename")
                        .asText())
                .isEqualTo(name);
        assertThat(ids("/transactions", "TicketId=" + ticket + " AND Type='Correspond'"))
                .as("the refused one wrote nothing")
                .containsExactly(written);
    }

    @Test
    void errorsShouldHaveTheseStatuses() throws Exception {
        assertThat(desk.call(
                                "GET",
                                RequestTracker.API + "/ticket/1",
                                Map.of("Authorization", "token 1-1-x"),
                                "",
                                new byte[0])
                        .status())
                .isEqualTo(401);
        assertThat(desk.get("dragoman", RequestTracker.API + "/ticket/99999").status())
                .isEqualTo(404);
        assertThat(post("dragoman", "/ticket/99999/correspond", text("to nobody")))
                .as("a ticket that is not there and one that is not ours")
                .isEqualTo(400);
        assertThat(post("dragoman", "/ticket", Map.of("Queue", "Nowhere", "Subject", "x")))
                .isEqualTo(403);
        String ticket = ticket("errors", Map.of());
        assertThat(post("dragoman", "/ticket/" + ticket + "/correspond", Map.of("Content", "no type")))
                .isEqualTo(400);
        assertThat(post("dragoman", "/ticket/" + ticket + "/correspond", with(file("empty.txt", ""))))
                .as("an empty file")
                .isEqualTo(400);
    }

    private static String ticket(String customer, Map<String, Object> more) throws Exception {
        String address = customer + "@customers.test";
        Map<String, Object> ticket = new LinkedHashMap<>(more);
        ticket.put("Requestor", "Customer " + customer + " <" + address + ">");
        ticket.put("SquelchMailTo", address);
        return create(ticket);
    }

    private static String create(Map<String, Object> more) throws Exception {
        Map<String, Object> ticket = new LinkedHashMap<>(text("Where is my order?"));
        ticket.put("Queue", "General");
        ticket.put("Subject", "Where is my order?");
        ticket.putAll(more);
        PackagedDesk.Answer answer = desk.call("dragoman", "POST", RequestTracker.API + "/ticket", ticket);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().at("/id").asText();
    }

    /** Returns the transaction's id, which RT tells in a header alone. */
    private static String correspond(String user, String ticket, Map<String, Object> more) throws Exception {
        Map<String, Object> message = new LinkedHashMap<>(text("გამარჯობა é"));
        message.putAll(more);
        PackagedDesk.Answer answer =
                desk.call(user, "POST", RequestTracker.API + "/ticket/" + ticket + "/correspond", message);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.response().headers().firstValue("Location").orElseThrow().replaceFirst(".*/transaction/", "");
    }

    private static Map<String, Object> text(String content) {
        return Map.of("Content", content, "ContentType", "text/plain");
    }

    private static Map<String, Object> with(Map<String, String> file) {
        return Map.of("Content", "a file", "ContentType", "text/plain", "Attachments", List.of(file));
    }

    private static Map<String, String> file(String name, String base64) {
        return Map.of("FileName", name, "FileType", "application/octet-stream", "FileContent", base64);
    }

    private static int post(String user, String path, Map<String, ?> body) throws Exception {
        return desk.call(user, "POST", RequestTracker.API + path, body).status();
    }

    private static void put(String user, String ticket, Map<String, String> change) throws Exception {
        assertThat(desk.call(user, "PUT", RequestTracker.API + "/ticket/" + ticket, change)
                        .status())
                .isEqualTo(200);
    }

    private static JsonNode get(String path) throws Exception {
        PackagedDesk.Answer answer = desk.get("dragoman", RequestTracker.API + path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode search(String path, String query, String more) throws Exception {
        return get(path + "?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)
                + more.replace("[", "%5B").replace("]", "%5D"));
    }

    private static List<String> ids(String path, String query) throws Exception {
        List<String> ids = new ArrayList<>();
        search(path, query, "")
                .at("/items")
                .forEach(one -> ids.add(one.at("/id").asText()));
        return ids;
    }
}
