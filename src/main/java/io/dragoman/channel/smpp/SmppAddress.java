// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.SmsSender;

/**
 * An address with the type of number and the numbering plan that networks need (SMPP 3.4, 5.2.5 and 5.2.6).
 *
 * @param digits without the plus sign, which the type stands for
 */
record SmppAddress(String digits, int ton, int npi) {
    private static final int INTERNATIONAL = 1;
    private static final int NETWORK_SPECIFIC = 3;
    private static final int ALPHANUMERIC = 5;

    /** As it goes out: an account may set type and plan, else the address shows them. */
    static SmppAddress of(String address, int ton, int npi) {
        boolean number = address.matches("\\+?[0-9]+");
        boolean shortCode = address.matches("[0-9]{3,8}");
        int own = !number ? ALPHANUMERIC : shortCode ? NETWORK_SPECIFIC : INTERNATIONAL;
        int plan = number && !shortCode ? 1 : 0;
        return new SmppAddress(number ? address.replace("+", "") : address, ton < 0 ? own : ton, npi < 0 ? plan : npi);
    }

    /** Who sent a message, with the country where the network leaves it out and the account names it. */
    static SmsSender sender(Account account, String digits, int ton) throws MalformedPayload {
        String value = digits.strip();
        boolean international = ton == INTERNATIONAL && value.matches("[1-9][0-9]{6,14}");
        return international ? SmsSender.of("+" + value) : SmsSender.of(value, account.find(SmsSender.COUNTRY));
    }

    @Override
    public String toString() {
        return "SmppAddress[…]";
    }
}
