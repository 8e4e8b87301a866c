// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.answers;

import io.dragoman.connector.Transport;
import io.dragoman.model.Hashes;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.Rules;
import io.dragoman.rules.answer.Faq;
import io.dragoman.rules.answer.FaqEntry;
import io.dragoman.rules.answer.SiteMap;
import io.dragoman.store.blob.OwnerOnly;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages of site maps as answers: fetched when they are too old, and kept in the data folder, so that what was fetched
 * last answers after a restart and while a site is down. Thread-safe.
 */
public final class SitePages {
    private static final Logger LOG = LoggerFactory.getLogger(SitePages.class);
    private static final Duration AGAIN = Duration.ofMinutes(15);
    private static final int NAME = 24;

    private final Path folder;
    private final Map<String, Kept> known = new HashMap<>();
    private final Map<String, Instant> failed = new HashMap<>();

    /** @param data the data folder */
    public SitePages(Path data) {
        this.folder = data.resolve("pages");
    }

    /** What a site map's pages answered when they were fetched. */
    private record Kept(String url, Instant at, List<FaqEntry> entries) {
        @Override
        public String toString() {
            return "Kept[" + entries.size() + "]";
        }
    }

    /** The same rules with the pages of their site maps, as they were fetched last. */
    public synchronized Rules in(Rules rules) {
        Faq faq = rules.faq();
        return faq.siteMaps().isEmpty() ? rules : rules.with(in(faq));
    }

    /**
     * Rules with the pages that a gateway fetched last, for whoever looks without one.
     *
     * @param data the gateway's data folder
     */
    public static RuleBook lastRead(Path data, RuleBook rules) {
        return rules.faq().siteMaps().isEmpty() ? rules : rules.with(new SitePages(data).in(rules.faq()));
    }

    /** The site maps whose pages were never fetched. */
    public synchronized List<URI> missing(Faq faq) {
        return faq.siteMaps().stream()
                .filter(map -> kept(map).isEmpty())
                .map(SiteMap::url)
                .toList();
    }

    /** The same FAQ with the pages of its site maps. */
    public synchronized Faq in(Faq faq) {
        return faq.with(faq.siteMaps().stream()
                .flatMap(map -> kept(map).stream())
                .flatMap(kept -> kept.entries().stream())
                .toList());
    }

    /** Fetches what is too old; gives whether anything is there that was not before. Blocks. */
    public boolean refresh(Rules rules, Transport transport) {
        boolean changed = false;
        for (SiteMap map : rules.faq().siteMaps()) {
            Instant now = transport.clock().instant();
            if (isDue(map, now)) {
                changed |= refresh(map, transport, now);
            }
        }
        return changed;
    }

    private synchronized boolean isDue(SiteMap map, Instant now) {
        Instant before = failed.get(name(map));
        return (before == null || !now.isBefore(before.plus(AGAIN)))
                && kept(map)
                        .filter(kept -> now.isBefore(kept.at().plus(map.refresh())))
                        .isEmpty();
    }

    private boolean refresh(SiteMap map, Transport transport, Instant now) {
        List<FaqEntry> before = last(map);
        try {
            Map<String, FaqEntry> byAddress = before.stream()
                    .collect(Collectors.toMap(FaqEntry::place, Function.identity(), (first, second) -> first));
            List<FaqEntry> entries = ownHeadings(new SiteFetch(map, transport).pages(byAddress));
            if (entries.isEmpty()) {
                throw new SiteFetch.Unavailable("none of its pages could be read");
            }
            keep(map, new Kept(map.url().toString(), now, entries));
            LOG.info("faq: {} pages of {} were read", entries.size(), map.url().getHost());
            return !entries.equals(before);
        } catch (SiteFetch.Unavailable | IOException e) {
            LOG.warn(
                    "faq: the site map {}{} could not be fetched, {} pages that were read before are used: {}",
                    map.url().getHost(),
                    map.url().getPath(),
                    before.size(),
                    e.getMessage());
            fail(map, now);
            return false;
        }
    }

    private synchronized List<FaqEntry> last(SiteMap map) {
        return kept(map).map(Kept::entries).orElse(List.of());
    }

    private synchronized void fail(SiteMap map, Instant now) {
        failed.put(name(map), now);
    }

    /** Without the headings that several pages have: they tell nothing about any of them. */
    private static List<FaqEntry> ownHeadings(List<FaqEntry> pages) {
        Map<String, Long> counts = pages.stream()
                .flatMap(page -> page.questions().stream().skip(1))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return pages.stream()
                .map(page -> new FaqEntry(
                        page.questions().stream()
                                .filter(one -> one.equals(page.question()) || counts.getOrDefault(one, 0L) < 2)
                                .toList(),
                        page.answer(),
                        page.language(),
                        page.source(),
                        page.tags(),
                        page.place()))
                .toList();
    }

    private static String name(SiteMap map) {
        String what = map.url() + " " + map.under() + " " + map.most() + " " + map.language() + " " + map.tags();
        return Hashes.sha256Hex(what.getBytes(StandardCharsets.UTF_8)).substring(0, NAME);
    }

    private Optional<Kept> kept(SiteMap map) {
        return Optional.ofNullable(known.computeIfAbsent(name(map), this::read));
    }

    private @Nullable Kept read(String name) {
        try {
            return Json.read(Files.readAllBytes(folder.resolve(name + ".json")), Kept.class);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | RuntimeException e) {
            LOG.warn("faq: the pages in {} cannot be read and are fetched again", folder.resolve(name + ".json"));
            return null;
        }
    }

    private synchronized void keep(SiteMap map, Kept kept) throws IOException {
        OwnerOnly.folder(folder);
        Path next = OwnerOnly.file(folder.resolve(name(map) + ".new"));
        Files.write(next, Json.bytes(kept));
        Files.move(
                next,
                folder.resolve(name(map) + ".json"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        known.put(name(map), kept);
        failed.remove(name(map));
    }
}
