// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;

/** The commands of {@code ./dragoman}. */
final class Subcommands {
    /** In the order of the help. */
    static final List<Class<?>> ALL = List.of(
            Demo.class,
            Init.class,
            Run.class,
            StatusCommand.class,
            Check.class,
            Connect.class,
            LoginCommand.class,
            ListConnectors.class,
            ChannelCommand.class,
            DeskCommand.class,
            RulesCommand.class,
            AnswersCommand.class,
            ApprovalsCommand.class,
            PollsCommand.class,
            SecretCommand.class,
            ConnectorCommand.class,
            ProfileCommand.class,
            Simulate.class,
            ListConversations.class,
            ShowConversation.class,
            ContactCommand.class,
            PersonCommand.class,
            ReplyCommand.class,
            WriteCommand.class,
            CloseCommand.class,
            ReopenCommand.class,
            TagCommand.class,
            AssignCommand.class,
            NoteCommand.class,
            PreviewCommand.class,
            ExplainMessage.class,
            Dead.class,
            Pause.class,
            Resume.class,
            MoveDesk.class,
            ShowLedger.class,
            ShowAudit.class,
            TokenCommand.class,
            ShowIgnored.class,
            ShowReport.class,
            ExportCommand.class,
            StoreCommand.class,
            TenantsCommand.class,
            Try.class,
            Backtest.class);

    private Subcommands() {}

    /**
     * The one that the arguments name, for it knows nothing of the others: to make all of them ready takes a third of a
     * second. Without a known name all of them, so that what is said of the mistake tells which there are.
     */
    static List<Class<?>> named(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String word = arguments[i];
            if (word.equals(HomeCommandLine.HOME) || word.equals(Dragoman.TENANT)) {
                i++; // its value may be any word
            } else if (!word.startsWith("-")) {
                List<Class<?>> one =
                        ALL.stream().filter(type -> word.equals(name(type))).toList();
                return one.isEmpty() ? ALL : one;
            }
        }
        return ALL;
    }

    private static String name(Class<?> type) {
        return Objects.requireNonNull(type.getAnnotation(Command.class), type::getName)
                .name();
    }
}
