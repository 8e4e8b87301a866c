// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.twilio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Media on both ways: what customers sent lies behind credentials and a redirect to a signed address; what is sent to
 * them is fetched from where the sender says.
 */
final class MediaResources {
    /** Where the bytes are; no credentials are asked there. */
    static final String CDN = "/cdn/";

    private final Map<String, Item> items = new ConcurrentHashMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** Stores a media item and returns the path of its resource. */
    String put(String account, String message, String sid, String mimeType, byte[] bytes) {
        items.put(sid, new Item(message, mimeType, bytes));
        return "/2010-04-01/Accounts/" + account + "/Messages/" + message + "/Media/" + sid;
    }

    /** The media resource: leads to the bytes, or forgets them. */
    SimulatorResponse redirect(String path, String method) {
        String sid = path.substring(path.lastIndexOf('/') + 1);
        if (!items.containsKey(sid)) {
            return TwilioRefusal.NOT_FOUND.response();
        }
        if (method.equals("DELETE")) {
            items.remove(sid);
            return SimulatorResponse.empty(204, Map.of());
        }
        return SimulatorResponse.empty(307, Map.of("Location", CDN + sid + "?" + signature(sid)));
    }

    /** The list of a message's media. */
    SimulatorResponse list(String path) {
        String message = path.replaceAll(".*/Messages/([^/]+)/Media[.]json", "$1");
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("media_list");
        items.forEach((sid, item) -> {
            if (item.message().equals(message)) {
                list.addObject()
                        .put("sid", sid)
                        .put("parent_sid", message)
                        .put("content_type", item.mimeType())
                        .put("uri", path.replace(".json", "/" + sid + ".json"));
            }
        });
        return SimulatorResponse.json(
                200, json.put("page", 0).put("page_size", 50).put("next_page_uri", (String) null));
    }

    /** The bytes behind a signed address. */
    SimulatorResponse bytes(URI uri) {
        String sid = uri.getPath().substring(CDN.length());
        Item item = items.get(sid);
        boolean signed = String.valueOf(uri.getQuery()).startsWith(signature(sid));
        return item != null && signed
                ? new SimulatorResponse(200, item.mimeType(), Map.of(), item.bytes())
                : SimulatorResponse.empty(403, Map.of());
    }

    /**
     * What a customer sees of these media, such as {@code [image] }; {@code ?} when one cannot be fetched.
     */
    String describe(List<String> urls) {
        StringBuilder shown = new StringBuilder();
        for (String url : urls) {
            try {
                HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofSeconds(10))
                        .build();
                HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
                if (response.statusCode() != 200) {
                    return "?";
                }
                String type = response.headers().firstValue("content-type").orElse("");
                shown.append(word(type));
            } catch (IOException | IllegalArgumentException e) {
                return "?";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "?";
            }
        }
        return shown.toString();
    }

    private static String signature(String sid) {
        String signature = HmacSigner.hex("HmacSHA1", HmacSigner.utf8("cdn"), HmacSigner.utf8(sid));
        return "Signature=" + signature.substring(0, 6);
    }

    private static String word(String type) {
        return type.matches("(image|audio|video)/.*") ? "[" + type.substring(0, 5) + "] " : "[file] ";
    }

    private record Item(String message, String mimeType, byte[] bytes) {}
}
