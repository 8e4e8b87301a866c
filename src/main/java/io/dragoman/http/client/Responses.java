// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.connector.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** Makes our plain copies of HTTP responses. */
final class Responses {
    private static final Pattern MIME_TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}");
    private static final String ANY = "application/octet-stream";

    private Responses() {}

    /** Status, headers and at most {@code largest} bytes of the body; what is beyond is not even read. */
    static Response read(ClassicHttpResponse response, int largest) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] body = new byte[0];
        if (entity != null) {
            long announced = entity.getContentLength();
            // one byte more than announced, to see the end: it gives the connection back
            int most = (int) Math.min(largest + 1L, announced >= 0 ? announced + 1 : Integer.MAX_VALUE);
            InputStream in = entity.getContent();
            body = in.readNBytes(most);
            if (body.length > largest) {
                body = Arrays.copyOf(body, largest);
            }
        }
        return new Response(response.getCode(), headers(response), body);
    }

    /** What the other side calls its bytes, without parameters. */
    static String mimeType(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Content-Type");
        if (header == null || header.getValue() == null) {
            return ANY;
        }
        String value = header.getValue();
        int end = value.indexOf(';');
        String type = (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return MIME_TYPE.matcher(type).matches() ? type : ANY;
    }

    /** Whether nothing but the connection's end tells where the body ends. */
    static boolean endsWithTheConnection(ClassicHttpResponse response) {
        return response.getFirstHeader("Content-Length") == null
                && response.getFirstHeader("Transfer-Encoding") == null;
    }

    private static Map<String, String> headers(ClassicHttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (Iterator<Header> all = response.headerIterator(); all.hasNext(); ) {
            Header header = all.next();
            String value = header.getValue() == null ? "" : header.getValue();
            headers.merge(header.getName().toLowerCase(Locale.ROOT), value, (one, more) -> one + ", " + more);
        }
        return headers;
    }
}
