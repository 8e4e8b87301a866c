// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.model.Status;
import java.util.List;
import java.util.regex.Pattern;

/** How a delivery ended, or that it has not yet: an action or words of giving up count more than a code. */
final class DeliveryEnd {
    /** The detail of a receipt for a mail that is late: it is still on its way. */
    static final String DELAYED = "delayed";

    private static final List<String> FAILURES =
            List.of("fail", "expire", "bounce", "reject", "return", "undeliver", "refuse");
    private static final List<String> ON_ITS_WAY = List.of("relayed", "expanded");

    private static final Pattern GAVE_UP =
            Pattern.compile("(?i)(have|has|had|i've|we've|am|i'm|is|are) (now )?(given|giving) up|gave up|giving up on"
                    + "|(will|can) ?not (try again|be re-?tried|retry)|won't (try again|be retried|retry)"
                    + "|no (further|more) (delivery )?attempts|retry time(out)? (not reached|exceeded)|permanent(ly)?"
                    + "|(message|mail|delivery)( time)?( has| was)? expired|fatal error");
    private static final Pattern NOT_YET = Pattern.compile(
            "(?i)(will|to) be re-?tried|(attempts?|retries) (will|to) (be )?(continue|made|repeated)|will (continue|keep|try|retry)"
                    + "|(still|keeps?) (being |be )?(retr|try)\\w{1,4}|no action is required|not need to resend"
                    + "|warning (message )?only|(is|been|was|being) delayed|not yet been delivered|delivery is delayed"
                    + "|temporarily delayed");
    private static final Pattern SUBJECT_DELAY =
            Pattern.compile("(?i)delay|still being retried|^\\W{0,3}warning\\b|not yet delivered|temporary problem");
    private static final Pattern SUBJECT_END = Pattern.compile(
            "(?i)undeliver|fail|returned|not delivered|could not (be delivered|send)|unzustellbar|rejected|nondeliver");
    private static final Pattern SUCCESS = Pattern.compile(
            "(?i)success(ful|fully)?\\b.{0,20}\\bdeliver|delivered successfully|return receipt|notification: delivered");

    /** nullmailer reports at the end alone, and says {@code delayed} of what it gave up after temporary refusals. */
    private static final Pattern ONLY_ENDS = Pattern.compile("(?i)this is the nullmailer delivery system");

    private DeliveryEnd() {}

    /** What the fields of a report say, and its text. */
    static Status of(StatusFields group, String text) {
        String action = group.action();
        boolean gaveUp = isDelayed(action) && ONLY_ENDS.matcher(text).find();
        if (gaveUp || FAILURES.stream().anyMatch(action::startsWith)) {
            return Status.FAILED;
        }
        if (action.equals("delivered")) {
            return Status.DELIVERED;
        }
        if (isDelayed(action) || ON_ITS_WAY.contains(action)) {
            return Status.SENT;
        }
        String code = code(group);
        if (code.startsWith("2")) {
            return Status.SENT; // some server took it, and that is all it says
        }
        boolean passes = code.isEmpty() ? BounceReason.mayPass(group.said()) : code.startsWith("4");
        return passes && !GAVE_UP.matcher(flat(group.said() + " " + text)).find() ? Status.SENT : Status.FAILED;
    }

    /** Whether a report that is no end tells of trouble. */
    static boolean isDelay(StatusFields group) {
        return isDelayed(group.action())
                || (!ON_ITS_WAY.contains(group.action()) && !code(group).startsWith("2"));
    }

    /**
     * What a text says.
     *
     * @param subject of the report
     * @param about what is said about the recipient
     * @param whole all that the server says
     */
    static Status ofText(String subject, String about, String whole) {
        boolean gaveUp = GAVE_UP.matcher(flat(whole)).find();
        boolean notYet = NOT_YET.matcher(flat(whole)).find();
        if (SUBJECT_END.matcher(subject).find()) {
            return notYet && !gaveUp ? Status.SENT : Status.FAILED;
        }
        if (SUBJECT_DELAY.matcher(subject).find()) {
            return gaveUp && !notYet ? Status.FAILED : Status.SENT;
        }
        if (SUCCESS.matcher(subject).find() && !BounceReason.isIn(about)) {
            return Status.DELIVERED;
        }
        if (gaveUp) {
            return Status.FAILED;
        }
        return notYet || BounceReason.mayPass(about) ? Status.SENT : Status.FAILED;
    }

    private static boolean isDelayed(String action) {
        return action.startsWith("delay");
    }

    private static String code(StatusFields group) {
        return BounceReason.enhanced(group.status()).stream().findFirst().orElse("");
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
