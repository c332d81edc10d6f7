-- One row: the night itself.
select as_of, county_code, county, province_code, version
from run;
