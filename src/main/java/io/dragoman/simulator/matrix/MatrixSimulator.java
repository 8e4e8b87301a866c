// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Matrix homeserver (client-server API 1.19) with the account of a shop. A customer is any name, which is a user of the
 * same server; who writes for the first time makes a room and invites the shop. Thread-safe.
 */
public final class MatrixSimulator extends HttpSimulator {
    /** In place of a callback: whoever has the account asks. */
    public static final URI SYNC = URI.create("matrix:sync");

    /** The shop's account. */
    public static final String SHOP = "@shop:sim.example";

    static final String SERVER = "sim.example";
    private static final String FIRST_TOKEN = "syt_simulated_access_token";

    private final ObjectMapper json = new ObjectMapper();
    private final MatrixRooms rooms = new MatrixRooms(ids());
    private final MatrixFiles files = new MatrixFiles(ids(), SERVER);
    private final MatrixUsers users = new MatrixUsers(SERVER);
    private final MatrixAccountData accountData = new MatrixAccountData();
    private final MessageRate rate = new MessageRate();
    private volatile String token = FIRST_TOKEN;

    /** On a port; 0 for any free one. */
    public MatrixSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public MatrixSimulator(int port, Clock clock) {
        super(port, clock);
        start();
    }

    @Override
    public String kind() {
        return "matrix";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("baseUrl", baseUrl().toString(), "accessToken", token, "invites", "all");
    }

    @Override
    public void close() {
        rooms.close();
        super.close();
    }

    /** So many messages a second are taken; 0 takes any number. */
    public void rate(int messages) {
        rate.most(messages);
    }

    /** The largest file that is taken, in bytes. */
    public void largestFile(long bytes) {
        files.largest(bytes);
    }

    /** The shop is logged out: its token is not valid any more. */
    public void expire() {
        token = "syt_another_" + ids().next();
    }

    /** The user id of a customer. */
    public String user(String customer) {
        return users.id(customer);
    }

    /** The room of a customer and the shop, where one has invited the other; null for none. */
    public @Nullable String shared(String customer) {
        String found = rooms.direct(user(customer), SHOP);
        return found == null ? rooms.direct(SHOP, user(customer)) : found;
    }

    /** The room of a customer and the shop; made, with an invitation, where there is none. */
    public String direct(String customer) {
        String user = user(customer);
        String room = shared(customer);
        if (room == null) {
            room = rooms.create(user, customer);
            rooms.member(room, user, SHOP, "invite", "Shop", true);
        }
        return room;
    }

    /** A room of several customers, into which the first invites the shop. */
    public String group(String... customers) {
        String first = user(customers[0]);
        String room = rooms.create(first, customers[0]);
        for (String customer : List.of(customers).subList(1, customers.length)) {
            rooms.member(room, user(customer), user(customer), "join", customer, false);
        }
        rooms.member(room, first, SHOP, "invite", "Shop", false);
        return room;
    }

    /** The version of a room is changed: another takes its place. Returns that. */
    public String upgrades(String customer, String room, boolean open) {
        return rooms.upgrade(room, user(customer), SHOP, open);
    }

    /** Somebody invites the shop into a room. */
    public void invites(String customer, String room) {
        rooms.member(room, user(customer), SHOP, "invite", "Shop", false);
    }

    /** Somebody comes ({@code join}) or goes ({@code leave}). */
    public void member(String room, String customer, String membership) {
        rooms.member(room, user(customer), user(customer), membership, customer, false);
    }

    /** A customer sends an event of any content. Returns its id. */
    public String sends(String customer, String room, String type, ObjectNode content) {
        return rooms.event(room, user(customer), type, content);
    }

    /** An event comes from another server, with an id, a sender and a time that were chosen there. */
    public void brings(String room, ObjectNode event) {
        rooms.take(room, event);
    }

    /** Whether the shop was last seen to write in a room. */
    public boolean isTyping(String room) {
        return rooms.isTyping(room, SHOP);
    }

    /** A customer writes a text. Returns the event's id. */
    public String writes(String customer, String room, String text) {
        return sends(customer, room, "m.room.message", text(text));
    }

    /** Somebody writes with the shop's account in an app. Returns the event's id. */
    public String shopWrites(String room, String text) {
        return rooms.event(room, SHOP, "m.room.message", text(text));
    }

    private ObjectNode text(String text) {
        return json.createObjectNode().put("msgtype", "m.text").put("body", text);
    }

    /** A customer takes an event back. */
    public String redacts(String customer, String room, String event) {
        return sends(customer, room, "m.room.redaction", json.createObjectNode().put("redacts", event));
    }

    /** A customer has read until an event. */
    public void reads(String customer, String room, String event) {
        rooms.read(room, event, user(customer));
    }

    /** A file that a customer uploaded. Returns its address. */
    public String uploads(byte[] bytes, String type) {
        return files.put(bytes, type);
    }

    /** The bytes of a file at an address. */
    public byte[] file(String address) {
        byte[] bytes = files.bytes(address);
        return bytes == null ? new byte[0] : bytes;
    }

    /** Somebody's membership of a room: {@code join}, {@code invite} or {@code leave}. */
    public String membership(String room, String user) {
        MatrixRoom found = rooms.find(room);
        return found == null ? "leave" : found.membership(user);
    }

    /** An event as the server has it. */
    public JsonNode event(String room, String event) {
        return rooms.event(room, event);
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        writes(customer, direct(customer), text);
        return 200;
    }

    /** The customer has read it. */
    @Override
    public void receipts(URI callback, Delivered message) {
        reads(message.customer(), direct(message.customer()), message.id());
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        List<String> path = Arrays.stream(
                        request.uri().getRawPath().substring(1).split("/", -1))
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        try {
            if (path.equals(List.of("_matrix", "client", "v3", "login"))) {
                return ok(MatrixLogin.answer(json.readTree(request.body()), token));
            }
            if (!request.header("Authorization").equals("Bearer " + token)) {
                throw MatrixError.token(request.header("Authorization").isEmpty());
            }
            return answer(request, path, query(request));
        } catch (MatrixError e) {
            return e.answer();
        }
    }

    private static Map<String, String> query(SimulatorRequest request) {
        UrlEncoded read = UrlEncoded.read(request.uri().getRawQuery());
        Map<String, String> query = new HashMap<>();
        read.names().forEach(name -> query.put(name, read.get(name)));
        return query;
    }

    private SimulatorResponse answer(SimulatorRequest request, List<String> path, Map<String, String> query)
            throws IOException, MatrixError {
        String call = request.method() + " " + String.join("/", path.subList(Math.min(1, path.size()), path.size()));
        if (call.equals("GET client/v3/account/whoami")) {
            return ok(json.createObjectNode().put("user_id", SHOP).put("device_id", "SIMULATED"));
        } else if (call.equals("GET client/v3/sync")) {
            String filter = query.getOrDefault("filter", "{}");
            long timeout = Long.parseLong(query.getOrDefault("timeout", "0"));
            return ok(rooms.sync(SHOP, query.getOrDefault("since", ""), timeout, json.readTree(filter)));
        } else if (call.equals("POST client/v3/createRoom")) {
            return createRoom(json.readTree(request.body()));
        } else if (call.equals("GET client/v1/media/config")) {
            return files.config();
        } else if (call.equals("POST media/v3/upload")) {
            return files.upload(request);
        } else if (call.startsWith("GET client/v1/media/download/") && path.size() == 7) {
            return files.download(path.get(5), path.get(6));
        } else if (path.size() == 7 && path.get(3).equals("user") && path.get(5).equals("account_data")) {
            return accountData.answer(request, path.get(6));
        } else if (call.startsWith("POST client/v3/join/") && path.size() == 5 && query.containsKey("via")) {
            return join(path.get(4), true);
        } else if (path.size() >= 6 && path.get(3).equals("rooms")) {
            String rest = request.method() + " " + path.get(5);
            return room(rest, path.get(4), path.subList(6, path.size()), query, request);
        }
        throw new MatrixError(404, "M_UNRECOGNIZED", "Unrecognized request");
    }

    private SimulatorResponse room(
            String call, String room, List<String> rest, Map<String, String> query, SimulatorRequest request)
            throws IOException, MatrixError {
        switch (call + "/" + rest.size()) {
            case "POST join/0" -> {
                return join(room, false);
            }
            case "POST leave/0" -> {
                rooms.member(room, SHOP, SHOP, "leave", "Shop", false);
                return ok(json.createObjectNode());
            }
            case "GET messages/0" -> {
                return ok(rooms.messages(room, SHOP, query));
            }
            case "GET joined_members/0" -> {
                ObjectNode joined = json.createObjectNode();
                rooms.there(room, SHOP).joined().forEach(user -> joined.withObject("/joined")
                        .putObject(user)
                        .put("display_name", users.name(user, "Shop")));
                return ok(joined);
            }
            case "GET event/1" -> {
                return ok(rooms.there(room, SHOP)
                        .find(rest.get(0))
                        .map(event -> MatrixRoom.shown(event, SHOP))
                        .orElseThrow(() -> new MatrixError(404, "M_NOT_FOUND", "Event not found.")));
            }
            case "GET state/2" -> {
                ObjectNode member = rooms.there(room, SHOP).member(rest.get(1));
                if (member == null || !rest.get(0).equals("m.room.member")) {
                    throw new MatrixError(404, "M_NOT_FOUND", "Event not found.");
                }
                return ok(member.path("content"));
            }
            case "POST receipt/2" -> {
                rooms.there(room, SHOP);
                rooms.read(room, rest.get(1), SHOP);
                return ok(json.createObjectNode());
            }
            case "PUT typing/1" -> {
                rooms.typing(room, rest.get(0), SHOP, json.readTree(request.body()));
                return ok(json.createObjectNode());
            }
            case "PUT send/2" -> {
                return send(room, rest.get(0), rest.get(1), json.readTree(request.body()));
            }
            default -> throw new MatrixError(404, "M_UNRECOGNIZED", "Unrecognized request");
        }
    }

    private SimulatorResponse join(String room, boolean found) throws MatrixError {
        String before = membership(room, SHOP);
        if (before.equals("leave") && !(found && rooms.isOpen(room))) {
            throw new MatrixError(403, "M_FORBIDDEN", "You are not invited to this room.");
        }
        if (!before.equals("join")) {
            rooms.member(room, SHOP, SHOP, "join", "Shop", false);
        }
        return ok(json.createObjectNode().put("room_id", room));
    }

    private SimulatorResponse send(String room, String type, String key, JsonNode content) throws MatrixError {
        rate.take();
        boolean again = !membership(room, SHOP).equals("leave") && rooms.isSent(room, type, key);
        String id = rooms.send(room, SHOP, type, key, content);
        if (!again) {
            MatrixRoom found = rooms.there(room, SHOP);
            deliver(new Delivered(users.name(found.other(SHOP), found.other(SHOP)), id, MatrixRoom.words(content)));
        }
        return ok(json.createObjectNode().put("event_id", id));
    }

    private SimulatorResponse createRoom(JsonNode body) {
        String room = rooms.create(SHOP, "Shop");
        for (JsonNode user : body.path("invite")) {
            boolean direct = body.path("is_direct").asBoolean();
            rooms.member(room, SHOP, user.asText(), "invite", users.name(user.asText(), ""), direct);
        }
        return ok(json.createObjectNode().put("room_id", room));
    }

    private static SimulatorResponse ok(JsonNode answer) {
        return SimulatorResponse.json(200, answer);
    }
}
