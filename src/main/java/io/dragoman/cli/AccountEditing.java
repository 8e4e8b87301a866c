// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.ConfigurationEditor;
import io.dragoman.config.ConfigurationEditor.Edited;
import io.dragoman.config.ConfigurationFiles;
import io.dragoman.config.EditRefused;
import io.dragoman.config.HomeFolder;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.rules.RuleBook;

/** The files of the configuration as commands change them: beside a gateway that runs, which takes them over, or not. */
final class AccountEditing {
    private final Dragoman dragoman;
    private final HomeFolder home;

    AccountEditing(Dragoman dragoman) {
        this.dragoman = dragoman;
        this.home = new HomeFolder(dragoman.home(), dragoman.connectors(), dragoman.environment());
    }

    /** The side that a group of commands is about. */
    static Side side(CommandGroup group) {
        return group instanceof DeskCommand ? Side.DESK : Side.CHANNEL;
    }

    ConfigurationFiles files() {
        return home.files();
    }

    @FunctionalInterface
    interface Edit {
        Edited make(ConfigurationEditor<RuleBook> editor) throws EditRefused;
    }

    /** What {@code --json} prints. */
    private record Report(String file, int line, boolean changed, boolean dryRun) {}

    ConfigurationEditor<RuleBook> editor() {
        boolean readOnly = OfflineStore.gateway(dragoman).admin().readOnlyConfig();
        return new ConfigurationEditor<>(home, new Secret("only for looking"), RuleBook::read, readOnly);
    }

    /** Makes a change and says what came of it. */
    int make(Edit edit, boolean dryRun) {
        try {
            Edited edited = edit.make(editor());
            edited.warnings().forEach(warning -> dragoman.err().println("warning: " + warning));
            if (dragoman.json()) {
                dragoman.print(new Report(edited.file(), edited.line(), edited.changed(), dryRun));
                return Dragoman.OK;
            }
            String place = edited.file() + (edited.line() == 0 ? "" : ":" + edited.line());
            dragoman.out()
                    .println(
                            !edited.changed()
                                    ? place + " says so already."
                                    : dryRun
                                            ? place + " would be changed; nothing was."
                                            : place
                                                    + " was changed. A gateway that runs takes it over within seconds.");
            dragoman.out().flush();
            return Dragoman.OK;
        } catch (EditRefused e) {
            return refused(e);
        }
    }

    /** Says why nothing was changed. */
    int refused(EditRefused refused) {
        refused.problems().forEach(problem -> dragoman.err().println(problem));
        dragoman.err().println(refused.getMessage());
        dragoman.err().flush();
        return Dragoman.WRONG;
    }
}
