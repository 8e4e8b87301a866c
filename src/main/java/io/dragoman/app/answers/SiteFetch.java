// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.answers;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.rules.answer.FaqEntry;
import io.dragoman.rules.answer.SiteMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the pages that a site map names, one after the other and with bounds: of its own origin alone, redirects too, and
 * guarded as every request to an address that others wrote. Blocks.
 */
final class SiteFetch {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_REDIRECTS = 3;
    private static final int MOST_MAPS = 20;
    /** So many bytes of one that is compressed are unpacked: as many as are read of others. */
    private static final int LARGEST_MAP = 8 << 20;

    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> GONE = Set.of(404, 410);
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

    private final SiteMap map;
    private final Transport transport;
    private final Instant end;

    SiteFetch(SiteMap map, Transport transport) {
        this.map = map;
        this.transport = transport;
        this.end = transport.clock().instant().plus(LONGEST);
    }

    /** It could not be fetched: a sentence's end that names no more than the host. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String why) {
            super(why, null, false, false);
        }
    }

    /**
     * What its pages answer now.
     *
     * @param before what they answered before, by their addresses: it stays where a page cannot be fetched
     */
    List<FaqEntry> pages(Map<String, FaqEntry> before) throws Unavailable {
        List<FaqEntry> entries = new ArrayList<>();
        for (URI page : named()) {
            Optional<FaqEntry> kept = Optional.ofNullable(before.get(page.toString()));
            Optional<FaqEntry> now;
            try {
                Response response = get(page);
                now = response.ok() ? read(page, response) : GONE.contains(response.status()) ? Optional.empty() : kept;
            } catch (Unavailable e) {
                now = kept;
            }
            now.ifPresent(entries::add);
        }
        return entries;
    }

    /** The pages that it names, each once. */
    private Set<URI> named() throws Unavailable {
        Document root = xml(map.url());
        Set<URI> pages = new LinkedHashSet<>(pages(root));
        List<URI> below = locations(root, "sitemapindex > sitemap > loc");
        for (URI one : below.subList(0, Math.min(MOST_MAPS, below.size()))) {
            pages.addAll(pages(xml(one)));
        }
        if (pages.isEmpty()) {
            throw new Unavailable("it names no page of its own origin below " + map.under());
        }
        return pages.stream().limit(map.most()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<URI> pages(Document xml) {
        return locations(xml, "urlset > url > loc").stream()
                .filter(page -> String.valueOf(page.getPath()).startsWith(map.under()))
                .limit(map.most())
                .toList();
    }

    private Document xml(URI address) throws Unavailable {
        Response response = get(address);
        if (!response.ok()) {
            throw new Unavailable("the server answered " + response.status());
        }
        try {
            return Jsoup.parse(
                    new ByteArrayInputStream(unpacked(response.body())), null, address.toString(), Parser.xmlParser());
        } catch (IOException e) {
            throw new Unavailable("it cannot be read as XML");
        }
    }

    /** Of a file that begins as gzip does, whatever it is called and the server says; others as they are. */
    private static byte[] unpacked(byte[] body) throws IOException {
        if (body.length < 2 || (body[0] & 0xff) != 0x1f || (body[1] & 0xff) != 0x8b) {
            return body;
        }
        try (InputStream inside = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return inside.readNBytes(LARGEST_MAP);
        }
    }

    private List<URI> locations(Document xml, String where) {
        return xml.select(where).stream()
                .map(one -> address(one.text().strip()))
                .flatMap(Optional::stream)
                .filter(this::isOwn)
                .toList();
    }

    private static Optional<URI> address(String text) {
        try {
            URI whole = URI.create(text);
            return Optional.of(new URI(whole.getScheme(), whole.getSchemeSpecificPart(), null));
        } catch (IllegalArgumentException | URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean isOwn(URI page) {
        return page.getHost() != null && HttpCall.sameOrigin(map.url(), page);
    }

    /** Any answer; a redirect is followed within the origin. */
    private Response get(URI address) throws Unavailable {
        URI next = address;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            if (transport.clock().instant().isAfter(end)) {
                throw new Unavailable("it took longer than " + LONGEST.toMinutes() + " minutes");
            }
            Response response;
            try {
                response = transport.http(HttpCall.get(next).timeout(TIMEOUT));
            } catch (TransportFailure e) {
                throw new Unavailable(String.valueOf(e.getMessage()));
            }
            if (!MOVED.contains(response.status())) {
                return response;
            }
            Optional<URI> moved = moved(next, response);
            if (moved.isEmpty()) {
                throw new Unavailable("it redirects to another origin");
            }
            next = moved.get();
        }
        throw new Unavailable("it redirects more than " + MOST_REDIRECTS + " times");
    }

    private Optional<URI> moved(URI from, Response response) {
        try {
            return Optional.of(from.resolve(response.headers().getOrDefault("location", "")))
                    .filter(this::isOwn);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<FaqEntry> read(URI page, Response response) {
        String type = response.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        if (!type.startsWith("text/html") && !type.startsWith("application/xhtml+xml")) {
            return Optional.empty();
        }
        try {
            Document document = Jsoup.parse(new ByteArrayInputStream(response.body()), charset(type), page.toString());
            return SitePage.read(page, document, map);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As the server says; null for what the page itself does. */
    private static @Nullable String charset(String type) {
        Matcher charset = CHARSET.matcher(type);
        try {
            return charset.find() && Charset.isSupported(charset.group(1)) ? charset.group(1) : null;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }
}
