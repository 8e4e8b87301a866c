// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.connector.Account;
import io.dragoman.connector.Budget;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.kit.Backfill;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What can be configured. */
final class XSettings {
    static final Setting<String> USER_ID = Setting.text(
                    "userId", "The account's user id, a number: the part of its access token before the hyphen.")
            .matching("\\d{1,20}", "must be digits only: the account's user id, not its @name")
            .need();
    static final Setting<Secret> CONSUMER_KEY = Setting.secret(
                    "consumerKey", "API Key of the X app (Developer Console → the app → Keys and tokens).")
            .need();
    static final Setting<Secret> CONSUMER_SECRET = Setting.verifying(
                    "consumerSecret",
                    "It is the API Key Secret of the X app, by which webhooks are proved and requests signed.")
            .need();
    static final Setting<Secret> ACCESS_TOKEN = Setting.secret(
                    "accessToken",
                    "Access Token of the account, made with the permission Read and write and Direct message.")
            .need();
    static final Setting<Secret> ACCESS_TOKEN_SECRET = Setting.secret(
                    "accessTokenSecret", "Access Token Secret, made with accessToken.")
            .need();
    static final Setting<Intake> INTAKE = Setting.choice(
                    "intake", "Whether X posts what is new, or is asked for it every backfill.", Intake.class)
            .or("webhook");
    static final Setting<Boolean> MENTIONS = Setting.flag(
                    "mentions", "Whether posts that mention the account are subscribed to and asked for.")
            .or("true");
    static final Setting<Duration> BACKFILL = Backfill.EVERY.or("6h");
    static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "Where X's API is.").or("https://api.x.com");

    static final Setting<Integer> SENDS_A_DAY =
            budget("paid.sendsPerDay", "direct messages and posts are sent in a day");
    static final Setting<Integer> SENDS_A_MONTH =
            budget("paid.sendsPerMonth", "direct messages and posts are sent in a month");
    static final Setting<Integer> READS_A_DAY =
            budget("paid.readsPerDay", "direct messages and posts a backfill reads in a day");
    static final Setting<Integer> READS_A_MONTH =
            budget("paid.readsPerMonth", "direct messages and posts a backfill reads in a month");

    private XSettings() {}

    private static Setting<Integer> budget(String name, String what) {
        return Setting.integer(
                name,
                "How many " + what + " at most (UTC), as X charges for each; without it there is no limit.",
                0,
                100_000_000);
    }

    /** How what is new comes. */
    enum Intake {
        WEBHOOK,
        POLL
    }

    static List<Setting<?>> all() {
        return List.of(
                USER_ID,
                CONSUMER_KEY,
                CONSUMER_SECRET,
                ACCESS_TOKEN,
                ACCESS_TOKEN_SECRET,
                INTAKE,
                MENTIONS,
                BACKFILL,
                SENDS_A_DAY,
                SENDS_A_MONTH,
                READS_A_DAY,
                READS_A_MONTH,
                io.dragoman.connector.OnUncertain.SETTING,
                BASE_URL);
    }

    static boolean isPosted(Account account) {
        return account.find(INTAKE).orElse(Intake.WEBHOOK) == Intake.WEBHOOK;
    }

    static List<Budget> sends(Account account) {
        return budgets(account, SENDS_A_DAY, SENDS_A_MONTH);
    }

    static List<Budget> reads(Account account) {
        return budgets(account, READS_A_DAY, READS_A_MONTH);
    }

    private static List<Budget> budgets(Account account, Setting<Integer> day, Setting<Integer> month) {
        List<Budget> budgets = new ArrayList<>();
        account.find(day).ifPresent(most -> budgets.add(new Budget(day.name(), most, Budget.Period.DAY)));
        account.find(month).ifPresent(most -> budgets.add(new Budget(month.name(), most, Budget.Period.MONTH)));
        return budgets;
    }
}
