// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.model.Reason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What servers say in words where no code tells. Only the last resort, and so only what is in wide use: the sentences
 * of the common mail servers, English but for the word for undeliverable.
 */
final class BounceWords {
    /** A sentence's middle: dots stand in names, a dot and a space end it. */
    private static final String GAP = "(?:[^.;]|\\.(?! )){0,40}?";

    private record Rule(Pattern words, Reason reason) {}

    /** The first that is found counts: causes come before what merely follows from them. */
    private static final List<Rule> RULES = List.of(
            rule(
                    Reason.ACCOUNT_BLOCKED,
                    "sender (address |domain |email |mail )?(was |is |has been )?(reject|denied|block|verif|unknown|not)",
                    "sender'?s? (address|domain)" + GAP + "(not|reject|block|invalid)",
                    "black ?list|block ?list|\\bdnsbl\\b|\\brbl\\b|spamhaus|spamcop|(poor|bad|low) reputation",
                    "(client host|your (ip|host|mail ?server|server|address|domain|network))" + GAP
                            + "(reject|block|denied|listed|banned|reputation|not allowed)",
                    "reverse (dns|lookup|name|address)|\\bptr\\b|cannot find your (reverse )?(host)?name"),
            rule(
                    Reason.PROVIDER_DOWN,
                    "mail ?(box|folder|store|drop)" + GAP
                            + "(\\bfull\\b|quota|exceed|over ?limit|size limit|too large)",
                    "(\\bfull\\b|over|exceed\\w{0,3})" + GAP + "(mail ?box|quota|storage)|quota",
                    "(user|recipient|account|inbox|incoming)" + GAP + "(is full|exceed\\w{0,3}" + GAP
                            + "(storage|space))",
                    "(insufficient|not enough|no|out of) (system |disk |available |mail ?box )?(storage|space|disk)",
                    "disk (is )?full"),
            rule(
                    Reason.TOO_LARGE,
                    "(message|mail|size|attachment)s?" + GAP + "(too (big|large)|exceed\\w{0,3}" + GAP
                            + "(size|limit|max|bytes)|larger than)",
                    "(message|max(imum)?) " + GAP + "size" + GAP + "(exceed|limit|allowed)|size limit|too (big|large)"),
            rule(
                    Reason.RECIPIENT_UNKNOWN,
                    "(user|recipient|mailbox|address|account|addressee|alias|mail ?drop|person|member)" + GAP
                            + "(unknown|n[o']t (be )?(found|known|exist|recogni[sz]ed|valid|listed)|does ?n[o']t exist"
                            + "|do ?n[o']t exist|doesn.t exist|does not (appear to )?exist|no longer|invalid|undeliverable"
                            + "|disabled|suspended|inactive|deactivated|not active|closed|terminated|deleted|removed)",
                    "(unknown|invalid|bad|no such|non-?existent|not a valid|not a known|undefined|unrecogni[sz]ed|no valid"
                            + "|illegal|wrong|disabled|inactive) (or \\w{1,12} )?(local |virtual |e-?mail |destination )?"
                            + "(user|recipient|mail ?box|address|account|addressee|alias|local.?part|login|person|name)",
                    "no (mailbox|account|user|one|person|recipient|such person)\\b" + GAP + "(here|by|with|found|name)",
                    "does ?n.t have" + GAP + "account|not (our|a) customer|nobody (here|by)|no mail ?box here"),
            rule(
                    Reason.RECIPIENT_UNKNOWN,
                    "(unknown|no such|bad|illegal|non-?existent|invalid) (destination )?(mail )?(host|domain|system)",
                    "(host|domain)( name)?s?( or \\w{1,12} name)?" + GAP
                            + "(not (be )?(found|known|exist)|doesn.t exist|does not exist|unknown|nonexistent|non-existent"
                            + "|invalid)",
                    "unrout(e)?able|name or service not known|couldn't find any host|nxdomain|no mx\\b|null ?mx",
                    "does not accept (any )?(mail|e-?mail)|no route found|not a valid domain"),
            rule(
                    Reason.THROTTLED,
                    "gr[ae]y-?list|too many (connection|message|recipient|session|concurrent|e-?mail|error|mail)",
                    "rate.?limit|rate.?control|throttl|too (fast|quickly|frequent)|(sending|hourly|daily) (limit|quota)",
                    "unusual rate|deferred due to"),
            rule(
                    Reason.PROVIDER_DOWN,
                    "(connection|conversation|session)" + GAP + "(refused|timed? ?out|lost|reset|dropped|died|broken"
                            + "|failed|closed)",
                    "(could ?n[o']t|could not|unable to|can ?not|can't|couldn't|wasn't able to)"
                            + " (establish|connect|contact|reach)",
                    "no route to host|network" + GAP + "unreachable|(host|server)" + GAP
                            + "(down|unreachable|not respond|unavailable)",
                    "service (is )?(temporarily )?(not |un)available|timed out while|not responding|did not respond",
                    "too many hops|(mail|routing)( forwarding)? loop|loops back|i/o error|internal (server )?error"
                            + "|system (error|problem|resource)|local error|out of memory|configuration error"),
            rule(
                    Reason.TIMEOUT,
                    "retry time(out)?|expired|(message|mail)" + GAP + "(too old)|in (the )?queue (too|for|longer)",
                    "for (more than |over |at least |the last |about )?\\d{1,4} ?(day|hour|d\\b|h\\b)",
                    "(given|gave|giving) up after|time ?limit|queued (too|for)|delivery time"),
            rule(Reason.RECIPIENT_UNKNOWN, "recipients? (address(es)? |name )?(was |is |were |are )?(reject|refused)"),
            rule(
                    Reason.CONTENT_REFUSED,
                    "\\bspam|junk|unsolicited|bulk mail|virus|malware|infected|\\bdmarc\\b|\\bdkim\\b|\\bspf\\b|polic(y|ies)",
                    "content" + GAP + "(reject|refus|filter|block|not (allow|accept))|prohibited|forbidden|blocked",
                    "(access|permission|relay\\w{0,3})" + GAP
                            + "(denied|prohibited|not)|not (to )?relay|unable to relay",
                    "not (accepted|allowed|permitted|authori[sz]ed)|authentication|(message|mail)" + GAP
                            + "(rejected|refused|denied)"),
            rule(Reason.PROVIDER_DOWN, "temporar(y|ily)|try again later"));

    private BounceWords() {}

    /** The reason that a text tells; empty for a text without one. */
    static Optional<Reason> reason(String text) {
        String line = text.replaceAll("\\s+", " ");
        return RULES.stream()
                .filter(rule -> rule.words.matcher(line).find())
                .map(Rule::reason)
                .findFirst();
    }

    private static Rule rule(Reason reason, String... words) {
        return new Rule(Pattern.compile("(?i)" + String.join("|", words)), reason);
    }
}
