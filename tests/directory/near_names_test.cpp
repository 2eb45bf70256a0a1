// Names near to one that was written: a letter mistaken, left out or put in; what shares half of it at most is another.
#include "directory/linking/near_names.hpp"

#include <catch2/catch.hpp>

using namespace shirube::directory;

TEST_CASE("the likest name within two letters is near, others are not") {
    const NearNames names({"浜会館", "北浜会館", "うみねこ食堂", "潮見野市社会福祉協議会", "ABCクラブ"});
    CHECK(names.nearest("浜会官") == "浜会館");                   // one letter of three is another
    CHECK(names.nearest("北浜会官") == "北浜会館");               // the likest, not the first
    CHECK_FALSE(names.nearest("うみねこしょくどう").has_value()); // five letters away
    CHECK(names.nearest("潮見野社会福祉協会") == "潮見野市社会福祉協議会");
    CHECK(names.nearest("ＡＢＤクラブ") == "ABCクラブ"); // as names are folded
    CHECK_FALSE(names.nearest("浜舎").has_value());      // two letters away, of three
    CHECK_FALSE(names.nearest("浜").has_value());
    CHECK_FALSE(names.nearest("南浜会館").has_value()); // a neighbour's name
    CHECK_FALSE(NearNames({"第1集会所"}).nearest("第二集会所").has_value());
    CHECK_FALSE(names.nearest("うみねこ食堂").has_value()); // it is that one
    CHECK_FALSE(NearNames({"開始日"}, 0.7).nearest("開催日").has_value());
    CHECK(NearNames({"情報提供"}, 0.7).nearest("情報提共") == "情報提供");
    CHECK_FALSE(names.nearest("").has_value());
    CHECK_FALSE(NearNames({}).nearest("浜会館").has_value());
}
