"""Extensions, and the immutable functions behind generated columns. `units.sorting` prints the first two; a test compares them."""

from django.db import migrations

VI_KEY = r"""create function vi_key(name text) returns text
language sql immutable strict parallel safe as $sql$
  select translate(padded, 'aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz[\]^_`{|}~', 'AAAAAABBBBBBCCCCCCDEFGHHHHHHIIIIIIJKLMMMMMMNOPQRSSSSSSTTTTTTUUUUUUVWXYZ[[[[[[\\\\\\]^_``````a!!!!!!!!!!')
    || E'\x01' || translate(padded, 'aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz', '一丁丂七丄丅丆万丈三上下丌不与丏丐丑丒专且丕世丗丘丙业丛东丝丞丟丠両丢丣两严並丧丨丩个丫丬中丮丯丰丱串丳临丵丶丷丸丹为主丼丽举丿乀乁乂乃乄久乆乇么义乊之乌乍乎乏乐乑乒乓乔乕乖乗乘乙乚乛乜')
    || E'\x01' || whole
  from (select whole, regexp_replace(
          regexp_replace(lower(whole collate "pg_c_utf8"), '([0-9]+)', '00000\1', 'g'),
          '0{0,5}([0-9]{6,})(?![0-9])', '\1', 'g') as padded
        from (select normalize(name, NFC) as whole) as given) as prepared
$sql$"""

VI_SEARCH_KEY = r"""create function vi_search_key(name text) returns text
language sql immutable strict parallel safe as $sql$
  select btrim(regexp_replace(
    translate(regexp_replace(normalize(lower(name collate "pg_c_utf8"), NFD), '[\u0300-\u036f]', '', 'g'),
              'đ''‘’ʼ`´', 'd'),
    '[^a-z0-9]+', ' ', 'g'))
$sql$"""

UNIT_SEARCH_FULL = r"""create function unit_search_full(type text, name text) returns text
language sql immutable strict parallel safe as $sql$
  select ' ' || public.vi_search_key(case type
    when 'quoc_gia' then ''
    when 'tinh' then 'Tỉnh '
    when 'thanh_pho_truc_thuoc_trung_uong' then 'Thành phố '
    when 'huyen' then 'Huyện '
    when 'quan' then 'Quận '
    when 'thi_xa' then 'Thị xã '
    when 'thanh_pho' then 'Thành phố '
    when 'xa' then 'Xã '
    when 'phuong' then 'Phường '
    when 'thi_tran' then 'Thị trấn '
    when 'dac_khu' then 'Đặc khu '
    end || name)
$sql$"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL("create extension if not exists btree_gist", migrations.RunSQL.noop),
        migrations.RunSQL("create extension if not exists ltree", migrations.RunSQL.noop),
        migrations.RunSQL("create extension if not exists pg_trgm", migrations.RunSQL.noop),
        migrations.RunSQL([(VI_KEY, None)], "drop function vi_key(text)"),
        migrations.RunSQL([(VI_SEARCH_KEY, None)], "drop function vi_search_key(text)"),
        migrations.RunSQL([(UNIT_SEARCH_FULL, None)], "drop function unit_search_full(text, text)"),
    ]
