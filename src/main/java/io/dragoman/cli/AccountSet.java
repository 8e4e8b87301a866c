// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.cli.AccountEditing.Change;
import io.dragoman.config.ConfigurationEditor.Manner;
import io.dragoman.config.WrittenAccount;
import io.dragoman.config.WrittenAccount.Form;
import io.dragoman.connector.Side;
import io.dragoman.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code channel set} and {@code desk set}: add or change one. */
@Command(
        name = "set",
        description = {
            "Add or change one: the settings that are named change, all others stay.",
            "The file keeps its comments and order; the whole configuration is checked first, the old file kept as .bak."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman channel set shop --kind telegram 'token=$${env:TELEGRAM_TOKEN}' --dry-run",
            "  ./dragoman desk set helpdesk url=https://desk.example.com imap.port=",
            "                                        a value of nothing takes a setting out"
        })
final class AccountSet implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandGroup parent;

    @Parameters(index = "0", paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NAME=VALUE",
            description = "Settings, with dots for levels; secrets as references.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--kind", paramLabel = "KIND", description = "Its kind, which one that is new needs.")
    private @Nullable String kind;

    @Option(names = "--dry-run", description = "Only look what would come of it.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        Dragoman dragoman = parent.dragoman();
        Side side = AccountEditing.side(parent);
        AccountEditing editing = new AccountEditing(dragoman);
        Optional<WrittenAccount> now = editing.files().account(side, id);
        String wanted = kind == null ? now.map(WrittenAccount::kind).orElse("") : kind;
        if (wanted.isEmpty()) {
            dragoman.failed("There is no " + side.word() + " " + id + " yet. Say what it is to be: --kind KIND.");
            return Dragoman.WRONG;
        }
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        now.filter(account -> account.kind().equals(wanted)).ifPresent(account -> account.settings().stream()
                .filter(setting -> setting.known() && setting.form() == Form.TEXT)
                .forEach(setting -> all.put(setting.name(), setting.text())));
        for (String pair : settings) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                dragoman.failed("'" + pair + "' must be NAME=VALUE, such as url=https://desk.example.com.");
                return Dragoman.WRONG;
            }
            all.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        ObjectNode body = Json.mapper().createObjectNode().put("kind", wanted);
        ObjectNode given = body.putObject("settings");
        all.forEach(given::put);
        return editing.make(
                new Change("PUT", AccountEditing.path(side, id), body, side.word() + ".configured", id, dryRun),
                editor -> editor.put(side, id, wanted, all, new Manner(null, dryRun)));
    }
}
