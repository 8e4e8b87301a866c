// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.ProviderCalls;
import io.dragoman.config.Configuration;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.connector.BrowserLogin;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.DeviceLogin;
import io.dragoman.connector.LoginResult;
import io.dragoman.connector.OAuthLogin;
import io.dragoman.connector.RefreshGrant;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code login}: lets a person allow a channel to use a mailbox. */
@Command(
        name = "login",
        description = {
            "Let a person allow a channel to use their mailbox (OAuth 2), in any browser.",
            "What the login leaves behind is stored in logins/ of the data folder; a gateway that runs uses it at once."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman login support-mail"})
final class LoginCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(index = "0", paramLabel = "CHANNEL", description = "The channel's id.")
    private String id = "";

    /** What {@code --json} prints. */
    private record Report(String id, String loggedInAt) {}

    @Override
    public Integer call() throws InterruptedException {
        Loaded<?> loaded = dragoman.load();
        if (!(loaded instanceof Loaded.Usable<?> usable)) {
            return dragoman.failed("The configuration is invalid: ./dragoman check says why.");
        }
        Configuration configuration = usable.configuration();
        Optional<Account> account = configuration.channel(id);
        if (account.isEmpty()) {
            dragoman.refuse(
                    "There is no channel " + id + ".",
                    id,
                    configuration.channels().stream().map(Account::id).toList());
            return Dragoman.WRONG;
        }
        Optional<OAuthLogin.Client> client = client(account.get());
        Optional<RefreshGrant> grant = client.flatMap(OAuthLogin.Client::refresh);
        if (grant.isEmpty()) {
            dragoman.failed(id
                    + (client.isEmpty()
                            ? " has no oauth: nobody can log in for it."
                            : " gets its tokens with its own secret (client-credentials): nobody has to log in."));
            return Dragoman.WRONG;
        }
        return login(configuration, account.get(), client.get(), grant.get());
    }

    private Optional<OAuthLogin.Client> client(Account account) {
        return dragoman.connectors().stream()
                .filter(one -> one.speaksFor(account))
                .map(kind -> ConfiguredAccount.of(account, kind).connector())
                .filter(OAuthLogin.class::isInstance)
                .map(OAuthLogin.class::cast)
                .findFirst()
                .flatMap(connector -> connector.oauth(account));
    }

    private int login(Configuration configuration, Account account, OAuthLogin.Client client, RefreshGrant grant)
            throws InterruptedException {
        try (ProviderCalls calls = new ProviderCalls(configuration.gateway(), Clock.systemUTC())) {
            LoginResult result = login(client, grant, calls.transport().with(account.trust()));
            if (result instanceof LoginResult.NotLoggedIn not) {
                return dragoman.failed(not.why());
            }
            LoginResult.LoggedIn in = (LoginResult.LoggedIn) result;
            calls.transport().tokens().logins().login(id, in.token());
            return done(in);
        } catch (TransportFailure e) {
            return dragoman.failed("The provider cannot be asked: " + e.detail() + ".");
        } catch (IOException | UncheckedIOException e) {
            return dragoman.failed("The login cannot be read or stored: " + e.getMessage() + ".");
        }
    }

    private LoginResult login(OAuthLogin.Client client, RefreshGrant grant, Transport transport)
            throws TransportFailure, InterruptedException {
        if (client.deviceUrl() != null) {
            return new DeviceLogin(client.deviceUrl(), grant, client.loginScope(), transport)
                    .run(this::show, time -> TimeUnit.MILLISECONDS.sleep(time.toMillis()));
        }
        if (client.authorizeUrl() != null) {
            return new BrowserLogin(client.authorizeUrl(), grant, client.loginScope(), transport, new SecureRandom())
                    .run(this::openAndPaste);
        }
        return new LoginResult.NotLoggedIn(
                "Nothing says where to log in: set oauth.deviceUrl, or oauth.authorizeUrl where there is no login by code.");
    }

    private void show(DeviceLogin.Prompt prompt) {
        say("Open " + prompt.address() + " in any browser, enter the code " + prompt.code()
                + " and log in as whose mailbox it is.");
        say("Waiting for that, for " + prompt.life().toMinutes() + " minutes at most; Ctrl-C ends it.");
    }

    private String openAndPaste(String address) {
        say("Open this address in any browser and log in as whose mailbox it is:");
        say("");
        say(address);
        say("");
        say("It ends at a page that cannot be shown. Paste the address of that page here:");
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With {@code --json} the standard output is for programs alone. */
    private void say(String line) {
        PrintWriter to = dragoman.json() ? dragoman.err() : dragoman.out();
        to.println(line);
        to.flush();
    }

    private int done(LoginResult.LoggedIn in) {
        if (dragoman.json()) {
            dragoman.print(new Report(id, in.token().loggedInAt().toString()));
        } else {
            say("Logged in. A gateway that runs uses it at once.");
        }
        return Dragoman.OK;
    }
}
