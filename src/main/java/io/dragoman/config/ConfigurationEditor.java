// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.config.EditRefused.Why;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.store.blob.OwnerOnly;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problem;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import io.dragoman.yaml.YamlEdit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes the files of a configuration as an editor would: one entry at a time, where it stands, and only to what the
 * whole configuration works with, read as {@code check} reads it. One change at a time, whoever makes it. Thread-safe.
 */
public final class ConfigurationEditor<R> {
    private static final Object ONE_AT_A_TIME = new Object();

    private static final String SECRETS = "secrets";
    private static final String SECRET_NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";
    private static final int LONGEST_SECRET = 64 * 1024;

    private final HomeFolder home;
    private final Secret key;
    private final RuleReader<R> rules;
    private final boolean readOnly;
    private final ConfigurationFiles files;

    /**
     * @param key the installation's; for reading alone any
     * @param readOnly refuses every change
     */
    public ConfigurationEditor(HomeFolder home, Secret key, RuleReader<R> rules, boolean readOnly) {
        this.home = home;
        this.key = key;
        this.rules = rules;
        this.readOnly = readOnly;
        this.files = home.files();
    }

    /**
     * A change that was made, or would be.
     *
     * @param file as the user knows it
     * @param line where the entry stands then; 0 for one that is gone
     * @param etag what the file holds then, in one word
     * @param changed whether that is another content than before
     * @param warnings what works all the same
     */
    public record Edited(String file, int line, String etag, boolean changed, List<Problem> warnings) {
        public Edited {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * How a change is made.
     *
     * @param etag what the file must hold; null for whatever it holds
     * @param dryRun whether it is only looked what would come of it
     */
    public record Manner(@Nullable String etag, boolean dryRun) {}

    /** Whether every change is refused. */
    public boolean readOnly() {
        return readOnly;
    }

    /**
     * Sets a channel or desk, and makes it when it is not there.
     *
     * @param settings the values by their names, with dots for levels; null takes one out. Secrets that are not named stay,
     *     as what this kind does not know does; other settings that are not named go
     */
    public Edited put(Side side, String id, String kind, Map<String, @Nullable String> settings, Manner manner)
            throws EditRefused {
        String section = side.word() + "s";
        AccountChange change =
                AccountChange.of(files.account(side, id).orElse(null), home.kinds(), side, kind, settings);
        return edit(
                section,
                manner,
                text -> {
                    Map<String, String> set = new LinkedHashMap<>(change.set());
                    leaves(section, text, id).forEach((name, node) -> set.remove(name, node.text()));
                    return new YamlEdit(Sources.label(section), text).put(section, id, set, change.remove());
                },
                id);
    }

    private static Map<String, Node> leaves(String section, String text, String id) {
        return Yaml.read(Sources.label(section), text, new Problems())
                .flatMap(root -> root.get(section))
                .flatMap(all -> all.get(id))
                .map(ConfigurationFiles::leaves)
                .orElse(Map.of());
    }

    /** Takes a channel or desk out. */
    public Edited remove(Side side, String id, Manner manner) throws EditRefused {
        if (files.account(side, id).isEmpty()) {
            throw unknown(side);
        }
        String section = side.word() + "s";
        return edit(section, manner, text -> new YamlEdit(Sources.label(section), text).remove(section, id), id);
    }

    /** Puts other rules in the place of those that are there. */
    public Edited rules(String yaml, Manner manner) throws EditRefused {
        return edit("rules", manner, text -> yaml, "");
    }

    /** Makes a desk the one where conversations go unless a rule says otherwise. */
    public Edited defaultDesk(String id, Manner manner) throws EditRefused {
        if (files.account(Side.DESK, id).isEmpty()) {
            throw unknown(Side.DESK);
        }
        return edit("gateway", manner, text -> new YamlEdit(Sources.label("gateway"), text).set("desk", id), "");
    }

    /** What would come of the configuration with these rules, in which references stand as they are written. */
    public Loaded<R> withRules(String yaml) {
        return Configuration.withRules(home, key, rules, yaml);
    }

    @FunctionalInterface
    private interface Change {
        String of(String text) throws YamlEdit.Unchanged;
    }

    private Edited edit(String name, Manner manner, Change change, String id) throws EditRefused {
        if (readOnly && !manner.dryRun()) {
            throw readOnlyRefusal();
        }
        if (manner.dryRun()) {
            try {
                return locked(name, manner, change, id); // which writes nothing
            } catch (IOException e) {
                throw new EditRefused(Why.BY_HAND, Sources.label(name) + " cannot be read. Check who may read it.");
            }
        }
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel lock = lock()) {
                lock.lock(); // until it is closed
                return locked(name, manner, change, id);
            } catch (IOException e) {
                throw unwritable(Sources.label(name), e);
            }
        }
    }

    /** Another process, such as a command beside the gateway, waits for its turn. */
    private FileChannel lock() throws IOException {
        return FileChannel.open(
                home.folder().resolve("config/.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private Edited locked(String name, Manner manner, Change change, String id) throws EditRefused, IOException {
        Path file = files.file(name);
        byte[] before = Files.exists(file) ? Files.readAllBytes(file) : null;
        String etag = before == null ? ConfigurationFiles.MISSING : ConfigurationFiles.etag(before);
        if (manner.etag() != null && !manner.etag().equals(etag)) {
            throw changedMeanwhile(name);
        }
        String text = before == null ? "" : text(name, before);
        String next;
        try {
            next = change.of(text);
        } catch (YamlEdit.Unchanged e) {
            throw new EditRefused(Why.BY_HAND, String.valueOf(e.getMessage()));
        }
        Loaded<R> loaded = Configuration.load(home, key, rules, name, next);
        if (loaded instanceof Loaded.Broken<R>) {
            throw new EditRefused(
                    Why.INVALID, "The configuration would not work; nothing was changed.", loaded.errors());
        }
        byte[] after = next.getBytes(StandardCharsets.UTF_8);
        boolean changed = !next.equals(text);
        if (changed && !manner.dryRun()) {
            FileReplacement replacement = new FileReplacement(file);
            replacement.keep();
            if (before != null && !ConfigurationFiles.etag(before).equals(files.etag(name))) {
                throw changedMeanwhile(name); // by an editor that knows no lock
            }
            replacement.put(after);
        }
        return new Edited(
                Sources.label(name), line(name, next, id), ConfigurationFiles.etag(after), changed, loaded.warnings());
    }

    private static EditRefused changedMeanwhile(String name) {
        return new EditRefused(
                Why.CHANGED, Sources.label(name) + " was changed meanwhile. Look at it again, then repeat the change.");
    }

    private static int line(String name, String text, String id) {
        return Yaml.read(Sources.label(name), text, new Problems())
                .flatMap(root -> root.get(name))
                .flatMap(all -> all.get(id))
                .map(node -> node.key().line())
                .orElse(0);
    }

    private static String text(String name, byte[] bytes) throws EditRefused {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new EditRefused(Why.BY_HAND, Sources.label(name) + " is not UTF-8 text. Save it as UTF-8.");
        }
    }

    private static EditRefused unknown(Side side) {
        return new EditRefused(Why.UNKNOWN, "There is no " + side.word() + " with this id in its file.");
    }

    private static EditRefused readOnlyRefusal() {
        return new EditRefused(
                Why.READ_ONLY,
                "admin.readOnlyConfig of gateway.yaml refuses changes from here. Change the files where they are kept.");
    }

    private static EditRefused unwritable(String what, IOException e) {
        return new EditRefused(
                Why.BY_HAND,
                what + " cannot be written (" + e.getClass().getSimpleName()
                        + "). Let the gateway's user write there, or change it with an editor.");
    }

    /**
     * Keeps a secret in a file of its own, readable by the gateway's user alone. One that is there already is only
     * replaced by what the configuration works with.
     *
     * @return what to write where the secret is needed
     */
    public String secret(String name, Secret value) throws EditRefused {
        if (readOnly) {
            throw readOnlyRefusal();
        }
        if (!name.matches(SECRET_NAME)) {
            throw new EditRefused(
                    Why.INVALID, "The name must be letters, digits, hyphens and underscores, at most 64.");
        }
        if (value.value().isBlank() || value.bytes().length > LONGEST_SECRET) {
            throw new EditRefused(Why.INVALID, "The value must not be blank, and at most 64 KB long.");
        }
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel lock = lock()) {
                lock.lock(); // until it is closed
                replace(OwnerOnly.folder(home.folder().resolve(SECRETS)).resolve(name), value);
            } catch (IOException e) {
                throw unwritable(SECRETS + "/" + name, e);
            }
        }
        return "${file:" + SECRETS + "/" + name + "}";
    }

    /** Takes a secret's file away, where no file of the configuration refers to it. */
    public void removeSecret(String name) throws EditRefused {
        if (readOnly) {
            throw readOnlyRefusal();
        }
        Path file = home.folder().resolve(SECRETS).resolve(name);
        if (!name.matches(SECRET_NAME) || !Files.isRegularFile(file)) {
            throw new EditRefused(Why.UNKNOWN, "There is no secret of this name.");
        }
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel lock = lock()) {
                lock.lock(); // until it is closed
                for (String source : Sources.NAMES) {
                    if (files.text(source).contains(SECRETS + "/" + name + "}")) {
                        throw new EditRefused(
                                Why.BY_HAND, Sources.label(source) + " refers to it. Take the reference out first.");
                    }
                }
                Files.delete(file);
            } catch (IOException e) {
                throw unwritable(SECRETS + "/" + name, e);
            }
        }
    }

    /** What the configuration does not work with gives way to what was there, if it worked with that. */
    private void replace(Path file, Secret value) throws IOException, EditRefused {
        byte[] former = Files.exists(file) ? Files.readAllBytes(file) : null;
        boolean worked = former != null && !(load() instanceof Loaded.Broken<R>);
        FileReplacement replacement = new FileReplacement(file);
        replacement.putSecret(value.bytes());
        if (former != null && worked) {
            Loaded<R> loaded = load();
            if (loaded instanceof Loaded.Broken<R>) {
                new FileReplacement(file).putSecret(former);
                throw new EditRefused(
                        Why.INVALID,
                        "The configuration would not work with this value; the one before stays.",
                        loaded.errors());
            }
        }
    }

    private Loaded<R> load() {
        return Configuration.load(home.folder(), home.connectors(), home.environment(), key, rules);
    }
}
