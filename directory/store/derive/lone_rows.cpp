#include "directory/store/derive/lone_rows.hpp"

#include <fmt/format.h>

namespace shirube::directory {

LoneRows::LoneRows(DerivationContext& context, std::string_view table)
    : context_(context),
      delete_(context.database(), fmt::format("DELETE FROM {} WHERE row_id = ?", table)),
      count_(context.database(), fmt::format("SELECT count(*) FROM {} WHERE list_id = ?", table)) {}

void LoneRows::leave(const SourceRow& row) {
    delete_.bind(row.row_id).run();
    context_.tally().count(row.list + "\n" + row.key, row.reading, {});
}

void LoneRows::come(const SourceRow& row) {
    write(row);
    context_.tally().count(row.list + "\n" + row.key, {}, row.reading);
}

std::int64_t LoneRows::entities_of(std::int64_t list_id) {
    count_.bind(list_id);
    return count_.step() ? count_.integer(0) : 0;
}

} // namespace shirube::directory
