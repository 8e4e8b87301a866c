// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.configure;

import io.dragoman.config.ConfigurationEditor;
import io.dragoman.config.ConfigurationEditor.Edited;
import io.dragoman.config.ConfigurationEditor.Manner;
import io.dragoman.config.ConfigurationFiles;
import io.dragoman.config.EditRefused;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.yaml.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Changes of the configuration's files, each brought into force before it is answered. Blocks. Thread-safe. */
public final class ConfigurationChanges {
    private final ConfigurationEditor<?> editor;
    private final ConfigurationFiles files;
    private final Supplier<Optional<List<String>>> reload;

    /** @param reload reads the files again at once: what is wrong with them; empty where nobody follows the files */
    public ConfigurationChanges(
            ConfigurationEditor<?> editor, ConfigurationFiles files, Supplier<Optional<List<String>>> reload) {
        this.editor = editor;
        this.files = files;
        this.reload = reload;
    }

    /**
     * What came of a change.
     *
     * @param reloaded whether it is in force
     * @param problem why it is not; null where it is, or nothing was to be brought into force
     * @param line where the entry stands; null for one that is gone
     * @param warnings what works all the same
     */
    public record Changed(
            boolean reloaded,
            boolean dryRun,
            boolean changed,
            String file,
            @Nullable Integer line,
            String etag,
            @Nullable String problem,
            List<Place> warnings) {}

    /**
     * Something in a file that should be otherwise.
     *
     * @param line from 1; 0 for the whole file
     * @param text what was found, what was expected and what to do, its place in the document before it
     */
    public record Place(String file, int line, int column, String text) {
        /** The same as the reader of the configuration tells it. */
        public static Place of(Problem problem) {
            String path = problem.path();
            return new Place(
                    problem.file(),
                    problem.line(),
                    problem.column(),
                    path.isEmpty() ? problem.message() : path + " " + problem.message());
        }
    }

    /**
     * What there is to change.
     *
     * @param readOnly whether every change is refused
     */
    public record Overview(boolean readOnly, List<ConfigurationFiles.FileState> files) {}

    /** Nothing was changed; the message says why, as a sentence, and what to do. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final transient List<Place> places;

        Refused(EditRefused refused) {
            super(refused.getMessage(), null, false, false);
            this.status = switch (refused.why()) {
                case READ_ONLY, BY_HAND -> 409;
                case CHANGED -> 412;
                case UNKNOWN -> 404;
                case INVALID -> 422;
            };
            this.places = refused.problems().stream().map(Place::of).toList();
        }

        /** What HTTP calls it. */
        public int status() {
            return status;
        }

        /** What would not work, each with its place. */
        public List<Place> places() {
            return places;
        }
    }

    /**
     * A secret that was kept.
     *
     * @param reference what to write where it is needed
     * @param reloaded whether what takes it has it now
     */
    public record Kept(
            String reference, boolean reloaded, @Nullable String problem) {}

    public Overview overview() {
        return new Overview(editor.readOnly(), files.states());
    }

    /** Sets a channel or desk; see {@link ConfigurationEditor#put}. */
    public Changed put(
            Side side,
            String id,
            String kind,
            Map<String, @Nullable String> settings,
            @Nullable String etag,
            boolean dryRun)
            throws Refused {
        return change(manner -> editor.put(side, id, kind, settings, manner), new Manner(etag, dryRun));
    }

    /** Takes a channel or desk out. */
    public Changed remove(Side side, String id, @Nullable String etag, boolean dryRun) throws Refused {
        return change(manner -> editor.remove(side, id, manner), new Manner(etag, dryRun));
    }

    /** Makes a desk the one where conversations go unless a rule says otherwise. */
    public Changed defaultDesk(String id, @Nullable String etag, boolean dryRun) throws Refused {
        return change(manner -> editor.defaultDesk(id, manner), new Manner(etag, dryRun));
    }

    /** Puts other rules in the place of those that are there. */
    public Changed rules(String yaml, @Nullable String etag, boolean dryRun) throws Refused {
        return change(manner -> editor.rules(yaml, manner), new Manner(etag, dryRun));
    }

    /** Keeps a secret in a file of its own. */
    public Kept secret(String name, Secret value) throws Refused {
        String reference;
        try {
            reference = editor.secret(name, value);
        } catch (EditRefused e) {
            throw new Refused(e);
        }
        Optional<List<String>> problems = reload.get();
        return new Kept(reference, problems.filter(List::isEmpty).isPresent(), first(problems));
    }

    /** Takes a secret away that nothing refers to. */
    public void removeSecret(String name) throws Refused {
        try {
            editor.removeSecret(name);
        } catch (EditRefused e) {
            throw new Refused(e);
        }
    }

    @FunctionalInterface
    private interface Edit {
        Edited make(Manner manner) throws EditRefused;
    }

    private Changed change(Edit edit, Manner manner) throws Refused {
        Edited edited;
        try {
            edited = edit.make(manner);
        } catch (EditRefused e) {
            throw new Refused(e);
        }
        Optional<List<String>> problems = manner.dryRun() ? Optional.empty() : reload.get();
        return new Changed(
                problems.filter(List::isEmpty).isPresent(),
                manner.dryRun(),
                edited.changed(),
                edited.file(),
                edited.line() == 0 ? null : edited.line(),
                edited.etag(),
                first(problems),
                edited.warnings().stream().map(Place::of).toList());
    }

    private static @Nullable String first(Optional<List<String>> problems) {
        return problems.flatMap(all -> all.stream().findFirst()).orElse(null);
    }
}
