package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.module.UpdateOrder;

/**
 * What comes first in an update, and why.
 *
 * @param reason in words, without a full stop at the end
 */
public record PlannedOrder(UpdateOrder order, String reason) {}
