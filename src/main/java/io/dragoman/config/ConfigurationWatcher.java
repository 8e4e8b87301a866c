// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Profiled;
import io.dragoman.model.Hashes;
import io.dragoman.yaml.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads changed files without a restart. A change counts when two polls in a row see the same content, so that a
 * file is never read half written; a broken one leaves the old configuration active and is logged. Secrets
 * in files of their own are read again with the next change. Thread-safe.
 */
public final class ConfigurationWatcher<R> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatcher.class);

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Configuration running;
    private final Supplier<Loaded<R>> load;
    private final Consumer<Reload<R>> take;
    private final Consumer<List<String>> broken;
    private @Nullable ScheduledExecutorService scheduler;
    private String judged;
    private String seen;

    /**
     * Makes a watcher that compares with what is there now.
     *
     * @param running what the gateway was started with
     * @param load reads the configuration anew
     * @param take gets every good change, one at a time
     * @param broken is told what is wrong with the files whenever they have changed; nothing when they were taken
     */
    public ConfigurationWatcher(
            Configuration running, Supplier<Loaded<R>> load, Consumer<Reload<R>> take, Consumer<List<String>> broken) {
        this.running = running;
        this.load = load;
        this.take = take;
        this.broken = broken;
        this.judged = fingerprint();
        this.seen = judged;
    }

    /** Polls the files from now on. */
    public void start() {
        start(LOOK);
    }

    synchronized void start(Duration interval) {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(ConfigurationWatcher::thread);
        started.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        scheduler = started;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "config-watch");
        thread.setDaemon(true);
        return thread;
    }

    /** Polls the files now. */
    public synchronized void look() {
        String now = fingerprint();
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(judged)) {
            judged = now;
            take();
        }
    }

    /**
     * Takes what the files hold now, which whoever wrote them says is whole; the secrets in files of their own too.
     *
     * @return what is wrong with it, and then the old configuration stays active; nothing when it was taken
     */
    public synchronized List<String> reload() {
        judged = fingerprint();
        seen = judged;
        return take();
    }

    private List<String> take() {
        try {
            return judge(load.get());
        } catch (ReloadFailed e) {
            LOG.error(
                    "config: {}; the old configuration stays active until a file is changed again or the gateway restarted",
                    e.getMessage());
            return told(List.of(e.getMessage() + ": change a file again, or restart the gateway"));
        } catch (RuntimeException e) {
            // the schedule would end with it, and with it every later change
            LOG.error("config: the change was not loaded, the old configuration stays active", e);
            return told(List.of("the change was not loaded: see the log"));
        }
    }

    private List<String> told(List<String> problems) {
        broken.accept(problems);
        return problems;
    }

    @Override
    public synchronized void close() {
        if (scheduler != null) {
            scheduler.shutdown();
        }
    }

    private List<String> judge(Loaded<R> loaded) {
        for (Problem problem : loaded.problems()) {
            LOG.warn("config: {}{}", problem.warning() ? "warning: " : "", problem);
        }
        if (loaded instanceof Loaded.Usable<R> good) {
            List<String> restart = running.restartFor(good.configuration());
            Reload<R> reload = new Reload<>(running.reloaded(good.configuration()), good.rules(), restart);
            take.accept(reload);
            told(List.of());
            LOG.info("config: reloaded");
            if (!reload.restart().isEmpty()) {
                LOG.warn("config: a restart is needed for {}", String.join(", ", reload.restart()));
            }
            return List.of();
        }
        LOG.error(
                "config: the changed files have {}; the old configuration stays active until that is corrected",
                loaded.errors().size() == 1 ? "an error" : loaded.errors().size() + " errors");
        return told(loaded.errors().stream().map(Problem::toString).toList());
    }

    /** The files of the configuration, the articles of the FAQ, and the profiles that accounts may name. */
    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        Sources.NAMES.forEach(name -> files.add(running.home().resolve(Sources.label(name))));
        files.addAll(Sources.articleFiles(running.home()));
        try (Stream<Path> profiles = Files.list(running.home().resolve(Profiled.FOLDER))) {
            profiles.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(files::add);
        } catch (IOException e) {
            return files; // there are none
        }
        return files;
    }

    /** What the files hold, in one word. They are small and few: reading them is cheap and misses nothing. */
    private String fingerprint() {
        MessageDigest digest = Hashes.sha256();
        for (Path file : files()) {
            digest.update((byte) 0);
            digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
            try (InputStream in = Files.newInputStream(file)) {
                digest.update(in.readNBytes(Sources.LARGEST));
            } catch (IOException e) {
                digest.update((byte) 1); // missing and unreadable are states like any other
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
