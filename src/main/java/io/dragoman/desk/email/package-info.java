// SPDX-License-Identifier: Apache-2.0
/** Any helpdesk that takes mail: customers' messages go there as mails, agents' mails come back as answers. */
@NullMarked
package io.dragoman.desk.email;

import org.jspecify.annotations.NullMarked;
