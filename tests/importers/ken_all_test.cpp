// Japan Post's postal codes and the traps of their file.
#include "importers/landmarks/ken_all.hpp"

#include "landmarks_town.hpp"
#include "zip_writer.hpp"

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;

namespace {

/// A row of the file as it is published.
std::string row(const std::string& code, const std::string& kana, const std::string& town,
                const std::string& municipality = "99201", const std::string& city = "潮見野市",
                const std::string& prefecture = "標県") {
    return municipality + ",\"999  \",\"" + code + "\",\"ｼﾙﾍﾞｹﾝ\",\"ｼｵﾐﾉｼ\",\"" + kana + "\",\"" + prefecture +
           "\",\"" + city + "\",\"" + town + "\",0,0,0,0,0,0\r\n";
}

std::string outline(const std::vector<directory::LandmarkReading>& all) {
    std::string text;
    for (const auto& each : all) {
        text += each.name + " " + each.detail + " " + each.kana + "\n";
    }
    return text;
}

} // namespace

TEST_CASE("The town of a postal code is what stands before its remarks, and a whole municipality is no town") {
    CHECK(postal_town("港町", "潮見野市") == "港町");
    CHECK(postal_town("大通西（１～１９丁目）", "潮見野市") == "大通西");
    CHECK(postal_town("以下に掲載がない場合", "潮見野市").empty());
    CHECK(postal_town("沖ノ浜町の次に番地がくる場合", "磯辺郡沖ノ浜町").empty());
    CHECK(postal_town("沖ノ浜町の次に１～７０４番地が続く場合", "磯辺郡沖ノ浜町").empty());
    CHECK(postal_town("沖ノ浜町一円", "磯辺郡沖ノ浜町").empty());
    CHECK(postal_town("一円", "犬上郡多賀町") == "一円"); // a town of that name there is
    CHECK(postal_town("段畑一円", "潮見野市") == "段畑");
    CHECK(postal_town("種市第１５地割～第２１地割（鹿糠、小路合）", "潮見野市") == "種市第１５地割～第２１地割");
}

TEST_CASE("Codes stand at their town, codes of a whole municipality at its middle, each with its radius") {
    LandmarkTown town;
    const auto codes = town.taken(
        "KEN_ALL.CSV", row("9990000", "ｲｶﾆｹｲｻｲｶﾞﾅｲﾊﾞｱｲ", "以下に掲載がない場合") + row("9990001", "ｷﾀﾔﾏ", "大字北山") +
                           row("9990002", "ﾐﾅﾄﾏﾁ", "港町") + row("9990003", "ﾅｲﾏﾁ", "無い町"));
    CHECK(outline(codes) ==
          "999-0000  \n"
          "999-0001 大字北山 キタヤマ\n"
          "999-0002 港町 ミナトマチ\n"
          "999-0003 無い町 ナイマチ\n");
    REQUIRE(codes.size() == 4);
    CHECK(codes[0].position->lon == Approx(137.12)); // (137.10 + 137.11 + 137.15) / 3
    CHECK(codes[0].accuracy_m == Approx(0.03 * 93'300 + 2000).epsilon(0.01));
    CHECK(codes[1].position->lon == Approx(137.15));
    CHECK(codes[1].accuracy_m == 2000);
    CHECK(codes[2].position->lon == Approx(137.105)); // both of its 丁目
    CHECK(codes[2].accuracy_m == Approx(0.005 * 93'300 + 500).epsilon(0.01));
    CHECK(codes[3].position == codes[0].position); // of the municipality, no more is known
    CHECK(codes[1].municipality == "99201");
    CHECK(codes[1].municipality_name == "潮見野市");
    CHECK(town.desk.report.located["municipality"] == 2);
    CHECK(town.desk.report.located["town"] == 2);
    CHECK(town.desk.report.rows.accepted == 4);
}

TEST_CASE("A town that runs over several rows, and one in several parts, is one") {
    LandmarkTown town;
    const auto codes =
        town.taken("KEN_ALL.CSV",
                   row("9990001", "ﾐﾅﾄﾏﾁ(1-3ﾁｮｳﾒ､", "港町（１～３丁目、") + row("9990001", "5-9ﾁｮｳﾒ､", "５～９丁目、") +
                       row("9990001", "11ﾁｮｳﾒ)", "１１丁目）") + row("9990002", "ﾐﾅﾄﾏﾁ(ｿﾉﾀ)", "港町（その他）") +
                       row("9990002", "ﾐﾅﾄﾏﾁ(ﾌﾞﾗｸ)", "港町（部落）") +
                       row("9990003", "ｷﾀﾔﾏ(ｱﾏﾘ", "大字北山（余り") + // never closed
                       row("9990004", "ﾐﾅﾄﾏﾁ", "港町"));
    CHECK(outline(codes) ==
          "999-0001 港町 ミナトマチ\n"
          "999-0002 港町 ミナトマチ\n"
          "999-0003 大字北山 キタヤマ\n"
          "999-0004 港町 ミナトマチ\n");
    CHECK(town.desk.report.rows.accepted == 7);
    CHECK(town.desk.report.joined == 3);
}

TEST_CASE("Several towns of one code are several, and a floor of a tower stands in the tower's town") {
    LandmarkTown town;
    const auto codes = town.taken("KEN_ALL.CSV", row("9990001", "ﾐﾅﾄﾏﾁ", "港町（次のビルを除く）") +
                                                     row("9990001", "ｷﾀﾔﾏ", "大字北山") +
                                                     row("9990091", "ﾐﾅﾄﾏﾁｼﾙﾍﾞﾀﾜｰ(1ｶｲ)", "港町標タワー（１階）") +
                                                     row("9990092", "ﾐﾅﾄﾏﾁｼﾙﾍﾞﾀﾜｰ(2ｶｲ)", "港町標タワー（２階）"));
    REQUIRE(codes.size() == 4);
    CHECK(codes[0].name == codes[1].name);
    CHECK(codes[2].detail == "港町標タワー");
    CHECK(codes[2].position == codes[0].position);
    CHECK(codes[3].position == codes[0].position);
}

TEST_CASE("Of the whole country's codes those of the gazetteer's municipalities are taken, the others are no errors") {
    LandmarkTown town;
    const auto lists =
        town.read("KEN_ALL.CSV", row("0600000", "ｲｶﾆ", "以下に掲載がない場合", "01101", "札幌市中央区", "北海道") +
                                     row("0600041", "ｵｵﾄﾞｵﾘ(1", "大通東（１", "01101", "札幌市中央区", "北海道") +
                                     row("0600041", "2)", "２）", "01101", "札幌市中央区", "北海道") +
                                     row("9993401", "ﾓﾄﾏﾁ", "元町", "99341", "磯辺郡沖ノ浜町") +
                                     row("99934", "ﾓﾄﾏﾁ", "元町", "99341", "磯辺郡沖ノ浜町") +
                                     row("9993402", "ﾓﾄﾏﾁ", "元町", "993", "磯辺郡沖ノ浜町"));
    REQUIRE(lists.has_value());
    CHECK(lists->at(0).rows.size() == 1);
    CHECK(lists->at(0).rows[0].row == 4); // the first line is a row like the others
    CHECK(lists->at(0).name == "ken-all");
    CHECK(lists->at(0).publisher == "日本郵便");
    const RowCounts& rows = town.desk.report.rows;
    CHECK(rows.adds_up());
    CHECK(rows.read == 6);
    CHECK(rows.accepted == 1);
    CHECK(rows.out_of_scope == 3);
    CHECK(rows.rejected == 2);
    CHECK(town.desk.issues("postal_code_malformed") == 1);
    CHECK(town.desk.issues("municipality_unreadable") == 1);
    CHECK(town.desk.issues("landmarks_outside") == 1);
    CHECK(town.read("99.CSV", row("9993401", "ﾓﾄﾏﾁ", "元町", "99341", "磯辺郡沖ノ浜町"))->at(0).name == "ken-all:標県");
}

TEST_CASE("Both of its files are read, also zipped, and without a gazetteer neither is") {
    // "港町" and "標県" in CP932, as KEN_ALL.CSV is.
    const std::string cp932 =
        "99201,\"999  \",\"9990002\",\"\xbc\xd9\xcd\xde\xb9\xdd\",\"\xbc\xb5\xd0\xc9\xbc\",\"\xd0\xc5\xc4\xcf\xc1\","
        "\"\x95\x57\x8c\xa7\",\"\x92\xaa\x8c\xa9\x96\xec\x8e\x73\",\"\x8d\x60\x92\xac\",0,0,0,0,0,0\r\n";
    const std::string utf8 = row("9990002", "ミナトマチ", "港町");
    for (const auto& [name, bytes] : {std::pair<std::string, std::string>{"KEN_ALL.CSV", cp932},
                                      {"ken_all.zip", zip_of({{"KEN_ALL.CSV", cp932}})},
                                      {"utf_ken_all.csv", utf8},
                                      {"utf_ken_all.zip", zip_of({{"utf_ken_all.csv", utf8}})}}) {
        INFO(name);
        LandmarkTown town;
        const auto codes = town.taken(name, bytes);
        CHECK(outline(codes) == "999-0002 港町 ミナトマチ\n");
        LandmarkTown nowhere{std::vector<directory::TownReading>{}};
        const auto refused = nowhere.read(name, bytes);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "gazetteer_missing");
    }
}

TEST_CASE("A table of fifteen other columns is no list of postal codes") {
    LandmarkTown town;
    CHECK(town.read("x.csv", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o\n1,2,3,4,5,6,7,8,9,0,1,2,3,4,5\n").error().code ==
          "landmarks_header_unknown");
    // A prefecture that its code contradicts.
    CHECK(town.read("x.csv", row("9990002", "ﾐﾅﾄ", "港町", "01101", "潮見野市", "標県")).error().code ==
          "landmarks_header_unknown");
}

TEST_CASE("A row without a header is put under one, and a header that is there stays") {
    Table table{.file = "k", .sheet = {}, .header = {}, .records = {}};
    for (const auto* cell :
         {"99201", "999  ", "9990002", "", "", "ﾐﾅﾄ", "標県", "潮見野市", "港町", "0", "0", "0", "0", "0", "0"}) {
        table.header.emplace_back(cell);
    }
    table.records.push_back({.row = 2, .cells = table.header});
    give_postal_header(table);
    REQUIRE(table.records.size() == 2);
    CHECK(table.records[0].row == 1);
    CHECK(table.records[0].cells[2] == "9990002");
    CHECK(table.header[2] == "郵便番号");
    const auto header = table.header;
    give_postal_header(table);
    CHECK(table.header == header);
    CHECK(table.records.size() == 2);
}
