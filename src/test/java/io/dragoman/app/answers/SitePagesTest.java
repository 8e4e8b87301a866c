// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dragoman.TestChannel;
import io.dragoman.TestClock;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.Cidr;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.http.client.SsrfGuard;
import io.dragoman.http.client.TransportSettings;
import io.dragoman.model.Part;
import io.dragoman.route.GatewayTransport;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.Rules;
import io.dragoman.rules.answer.FaqEntry;
import io.dragoman.rules.answer.Match;
import io.dragoman.store.blob.MediaFiles;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a site as answers, from a server that speaks HTTP. */
final class SitePagesTest {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String DELIVERY = page("en", "How long does delivery take?", """
            <nav><p>Home, shop, basket</p></nav><h1>How long does delivery take?</h1>
            <p>Orders arrive within three working days.</p><h2>Delivery abroad</h2><ul><li>Ten days.</li></ul>
            <h2>Contact us</h2><script>var secret = 1;</script><footer><p>Imprint</p></footer>""");

    private static final String RETURNS = page(
            "en",
            "Sending something back",
            "<main><h1>Sending something back</h1><h2>Contact us</h2><p>Within 30 days.</p></main>");

    @TempDir
    private Path data;

    private final TestClock clock = TestClock.running();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private GatewayTransport transport;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        camel.start();
        transport = transport(List.of(Cidr.parse("127.0.0.1/32")));
        pages.put("/help/delivery", DELIVERY);
        pages.put("/help/returns", RETURNS);
        pages.put("/help/hidden", page("en", "Hidden", "<meta name=robots content=noindex><p>Nobody sees it.</p>"));
        pages.put("/shop/shoes", page("en", "Shoes", "<p>Red ones.</p>"));
        pages.put("/sitemap.xml", map("/help/delivery", "/help/returns", "/help/hidden", "/shop/shoes"));
    }

    @AfterEach
    void close() {
        transport.close();
        camel.stop();
        server.stop(0);
    }

    @Test
    void pagesShouldAnswerWithTheirAddressAsSource() {
        SitePages sites = new SitePages(data);
        Rules rules = book("under: /help/, tags: [help]");
        assertThat(sites.refresh(rules, transport)).isTrue();
        Rules now = sites.in(rules);
        Match found = now.faq()
                .find("how long does the delivery take", "en", Set.of("help"), 3)
                .get(0);
        assertThat(found.entry().source()).isEqualTo(base() + "/help/delivery");
        assertThat(found.entry().answer())
                .as("neither what stands around the text nor scripts")
                .isEqualTo("Orders arrive within three working days.\nTen days.");
        assertThat(found.entry().questions())
                .as("a heading of several pages is none of theirs")
                .containsExactly("How long does delivery take?", "Delivery abroad");
        assertThat(now.faq().entries().stream().map(FaqEntry::question))
                .containsExactly("When do you open?", "How long does delivery take?", "Sending something back");
        assertThat(asked).doesNotContain("/shop/shoes");
        assertThat(sites.refresh(rules, transport)).isFalse();
        assertThat(asked).as("it is not too old").hasSize(4);
    }

    @Test
    void whatWasFetchedLastShouldStayWhileTheSiteIsDown() {
        SitePages sites = new SitePages(data);
        Rules rules = book("under: /help/, refresh: 2h");
        sites.refresh(rules, transport);
        clock.move(Duration.ofHours(3));
        statuses.put("/help/returns", 500);
        statuses.put("/help/delivery", 404);
        assertThat(sites.refresh(rules, transport)).isTrue();
        assertThat(questions(sites.in(rules)))
                .as("gone is gone, and what fails stays")
                .containsExactly("When do you open?", "Sending something back");
        clock.move(Duration.ofHours(3));
        statuses.put("/sitemap.xml", 503);
        assertThat(sites.refresh(rules, transport)).isFalse();
        assertThat(questions(new SitePages(data).in(rules)))
                .as("after a restart too")
                .containsExactly("When do you open?", "Sending something back");
        int before = asked.size();
        sites.refresh(rules, transport);
        assertThat(asked).as("not tried again at once").hasSize(before);
        clock.move(Duration.ofMinutes(16));
        statuses.clear();
        assertThat(sites.refresh(rules, transport)).isTrue();
        assertThat(questions(sites.in(rules))).contains("How long does delivery take?");
    }

    @Test
    void onlyItsOwnOriginShouldBeAskedAndOnlySoManyPages() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> there = new CopyOnWriteArrayList<>();
        other.createContext("/", exchange -> {
            there.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        other.start();
        try {
            String elsewhere = "http://127.0.0.1:" + other.getAddress().getPort();
            pages.put("/away", "redirect " + elsewhere + "/x");
            pages.put("/moved", "redirect /help/delivery");
            pages.put("/below.xml", map("/moved", "/away", "/help/returns", "/shop/shoes"));
            pages.put(
                    "/sitemap.xml",
                    "<sitemapindex><sitemap><loc>" + base() + "/below.xml</loc></sitemap><sitemap><loc>" + elsewhere
                            + "/map.xml</loc></sitemap></sitemapindex>");
            SitePages sites = new SitePages(data);
            Rules rules = book("pages: 3");
            assertThat(sites.refresh(rules, transport)).isTrue();
            assertThat(there).isEmpty();
            assertThat(questions(sites.in(rules)))
                    .containsExactly("When do you open?", "How long does delivery take?", "Sending something back");
        } finally {
            other.stop(0);
        }
    }

    @Test
    @DisplayName("compressed site maps are read, and of one that unpacks to very much only the beginning")
    void compressedSiteMapsShouldBeReadWithABound() throws IOException {
        String urls = map("/help/delivery").replace("</urlset>", "");
        String bomb = urls + "\n".repeat(9 << 20) + "<url><loc>" + base() + "/help/returns</loc></url></urlset>";
        files.put("/big.xml.gz", gzip(bomb));
        files.put("/small.xml.gz", gzip(map("/shop/shoes")));
        files.put("/broken.xml.gz", Arrays.copyOf(gzip(map("/help/returns")), 40));
        pages.put(
                "/sitemap.xml",
                "<sitemapindex><sitemap><loc>" + base() + "/big.xml.gz</loc></sitemap><sitemap><loc>" + base()
                        + "/small.xml.gz</loc></sitemap></sitemapindex>");
        SitePages sites = new SitePages(data);
        Rules rules = book("pages: 9");
        assertThat(sites.refresh(rules, transport)).isTrue();
        assertThat(questions(sites.in(rules)))
                .containsExactly("When do you open?", "How long does delivery take?", "Shoes");
        pages.put(
                "/sitemap.xml",
                "<sitemapindex><sitemap><loc>" + base() + "/broken.xml.gz</loc></sitemap></sitemapindex>");
        clock.move(Duration.ofDays(2));
        assertThat(sites.refresh(rules, transport)).as("it cannot be read").isFalse();
        assertThat(questions(sites.in(rules))).contains("Shoes");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    @DisplayName("an address in our own network is refused as in a customer's message, although the operator wrote it")
    void privateAddressShouldBeRefused() {
        try (GatewayTransport guarded = transport(List.of())) {
            SitePages sites = new SitePages(data);
            Rules rules = book("under: /help/");
            assertThat(sites.refresh(rules, guarded)).isFalse();
            assertThat(asked).isEmpty();
            assertThat(questions(sites.in(rules))).containsExactly("When do you open?");
        }
    }

    @Test
    void gatewayShouldAnswerFromWhatWasFetched() throws Exception {
        RuleBook rules = book("under: /help/");
        new SitePages(data).refresh(rules, transport);
        TestChannel channel = new TestChannel();
        try (TestGateway test = new TestGateway(data, rules, channel, new TestDesk(), setup -> setup)) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"How long does delivery take?\"}]");
            TestGateway.await("the answer", () -> !channel.sent.isEmpty());
            assertThat(((ToCustomer) channel.sent.get(0)).parts())
                    .filteredOn(Part.Text.class::isInstance)
                    .extracting(part -> ((Part.Text) part).text())
                    .first()
                    .asString()
                    .startsWith("Orders arrive within three working days.\nTen days.\n" + base() + "/help/delivery");
        }
    }

    private static List<String> questions(Rules rules) {
        return rules.faq().entries().stream().map(FaqEntry::question).toList();
    }

    private RuleBook book(String more) {
        Problems problems = new Problems();
        String faq = "faq: [{question: 'When do you open?', answer: At nine., language: en}]\nsiteMaps: [{url: '"
                + base() + "/sitemap.xml', " + more + "}]\n";
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        Yaml.read("rules.yaml", "rules: [{name: A, answer: true}]", problems)
                                .orElseThrow(),
                        null,
                        null,
                        Yaml.read("faq.yaml", faq, problems).orElseThrow(),
                        List.of(),
                        null),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        return book;
    }

    private GatewayTransport transport(List<Cidr> allowed) {
        return new GatewayTransport(
                camel,
                TransportSettings.standard(),
                new SsrfGuard(true, Set.of(server.getAddress().getPort()), allowed, SystemDefaultDnsResolver.INSTANCE),
                new MediaFiles(data.resolve("media")),
                id -> Optional.empty(),
                (channel, entry) -> {},
                GatewayTransport.Spending.NONE,
                new AccessTokens(),
                clock);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private String map(String... paths) {
        StringBuilder map = new StringBuilder(
                "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
        for (String path : paths) {
            map.append("<url><loc> ").append(base()).append(path).append("#top </loc></url>");
        }
        return map.append("</urlset>").toString();
    }

    private static String page(String language, String title, String body) {
        return "<!doctype html><html lang=" + language + "><head><title>" + title + "</title></head><body>" + body
                + "</body></html>";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        String page = pages.getOrDefault(path, "");
        byte[] file = files.getOrDefault(path, page.getBytes(StandardCharsets.UTF_8));
        int status = statuses.getOrDefault(path, file.length == 0 ? 404 : 200);
        if (page.startsWith("redirect ")) {
            exchange.getResponseHeaders().set("Location", page.substring(9));
            exchange.sendResponseHeaders(302, -1);
        } else {
            exchange.getResponseHeaders().set("Content-Type", path.contains(".xml") ? "application/xml" : HTML);
            exchange.sendResponseHeaders(status, file.length == 0 ? -1 : file.length);
            exchange.getResponseBody().write(file);
        }
        exchange.close();
    }
}
