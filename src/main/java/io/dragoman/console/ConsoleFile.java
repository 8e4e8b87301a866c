// SPDX-License-Identifier: Apache-2.0
package io.dragoman.console;

import io.dragoman.model.Hashes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the console, ready to be sent.
 *
 * @param headers without its type and encoding
 */
record ConsoleFile(byte[] plain, byte[] compressed, String type, String etag, Map<String, String> headers) {
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json");

    static ConsoleFile of(String name, byte[] plain) throws IOException {
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        String etag = "\"" + Hashes.sha256Hex(plain).substring(0, 32) + "\"";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", etag);
        headers.put("Vary", "Accept-Encoding");
        // it is asked each time whether the program is still the same: no reload runs half of an old one
        headers.put("Cache-Control", "no-cache");
        headers.put("Content-Security-Policy", policy(name.endsWith(".html") ? plain : new byte[0]));
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        return new ConsoleFile(plain, compress(plain), type, etag, Map.copyOf(headers));
    }

    /** Nothing but our own files runs; the import map, which must stand in the page, is named by its hash. */
    private static String policy(byte[] page) {
        Matcher map = IMPORT_MAP.matcher(new String(page, StandardCharsets.UTF_8));
        String hash = map.find()
                ? " 'sha256-"
                        + Base64.getEncoder()
                                .encodeToString(Hashes.sha256(map.group(1).getBytes(StandardCharsets.UTF_8)))
                        + "'"
                : "";
        return "default-src 'none'; script-src 'self'" + hash + "; style-src 'self'; img-src 'self' blob:;"
                + " media-src 'self' blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self';"
                + " frame-ancestors 'none'";
    }

    private static byte[] compress(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return "ConsoleFile[" + etag + "]";
    }
}
